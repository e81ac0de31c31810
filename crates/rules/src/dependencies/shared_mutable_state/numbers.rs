//! Numbers of a class that its methods count on the class itself.

use python::{Body, BodyOwner, ClassId, Expr, ExprId, Literal, Name, Scope, Stmt};
use view::Context;

use super::is_named;

/// Whether a number of a class is counted on the class itself: `Tickets.drawn += 1`, `type(self).drawn += 1`. On `self`, each
/// object counts.
pub(super) fn is_class_counter(cx: &Context<'_>, class: ClassId, variable: &Name, value: ExprId) -> bool {
    let definitions = &*cx.module.definitions;
    let is_number = matches!(&definitions[value], Expr::Literal(Literal::Int(_) | Literal::Number(_)));
    let counts = |body: &Body| {
        let is_own_method = matches!(body.owner, BodyOwner::Function(method)
            if definitions[method].scope == Scope::Class(class));
        let is_it = |target: ExprId| {
            let Expr::Attribute { value, name } = &body[target] else { return false };
            name == variable
                && (is_named(body, *value, &definitions[class].name)
                    || is_named(body, *value, "cls")
                    || is_own_method && is_class_of_self(body, *value))
        };
        let counts_on = |value: ExprId| matches!(&body[value], Expr::Binary { left, right, .. } if is_it(*left) || is_it(*right));
        body.stmts.iter().any(|stmt| match stmt {
            Stmt::AugAssign { target, .. } => is_it(*target),
            Stmt::Assign { targets, value: Some(value), .. } => {
                targets.iter().any(|target| is_it(*target)) && counts_on(*value)
            }
            _ => false,
        })
    };
    is_number && cx.module.bodies.list.iter().any(|body| counts(body))
}

/// `self.__class__`, `type(self)`
pub(super) fn is_class_of_self(body: &Body, expr: ExprId) -> bool {
    match &body[expr] {
        Expr::Attribute { value, name } => name == "__class__" && is_named(body, *value, "self"),
        Expr::Call { callee, args } => {
            is_named(body, *callee, "type")
                && matches!(&**args, [only] if is_named(body, only.value(), "self"))
        }
        _ => false,
    }
}
