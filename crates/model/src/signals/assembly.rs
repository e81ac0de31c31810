//! Whether a module makes objects of imported classes and gives them to other imported classes: `Observe(Stars(…))`.

use python::{Body, Expr, ExprId, Module};

use super::bindings::Bindings;

/// Expressions nested deeper than this are not searched.
const MAX_DEPTH: usize = 8;

/// Whether any body does.
pub(super) fn assembles(module: &Module, bindings: &Bindings<'_>) -> bool {
    module.bodies.list.iter().any(|body| {
        body.exprs.list.iter().any(|expr| match expr {
            Expr::Call { callee, args } => {
                !args.is_empty()
                    && is_class(body, *callee, bindings)
                    && args.iter().any(|arg| holds_one(body, arg.value(), bindings, 0))
            }
            _ => false,
        })
    })
}

/// Whether a callee is imported, not from a known library, and named like a class.
fn is_class(body: &Body, callee: ExprId, bindings: &Bindings<'_>) -> bool {
    bindings.dotted(&body.exprs, callee).is_some_and(|dotted| {
        let last = dotted.rsplit('.').next().unwrap_or_default();
        last.starts_with(|letter: char| letter.is_ascii_uppercase()) && libraries::kind(&dotted).is_none()
    })
}

/// Whether an argument is such an object, made in place or under a local name.
fn holds_one(body: &Body, expr: ExprId, bindings: &Bindings<'_>, depth: usize) -> bool {
    if depth > MAX_DEPTH {
        return false;
    }
    match &body[expr] {
        Expr::Call { callee, args } => {
            is_class(body, *callee, bindings)
                || args.iter().any(|arg| holds_one(body, arg.value(), bindings, depth + 1))
        }
        Expr::Name(name) => body.assigned(name).any(|value| {
            matches!(&body[value], Expr::Call { .. }) && holds_one(body, value, bindings, depth + 1)
        }),
        _ => false,
    }
}
