//! Whether a function of the project, used as a decorator, passes what it decorates to other code, or marks it for
//! that.

use model::ModuleId;
use python::{Arg, Body, BodyOwner, Expr, ExprId, FunctionId, Name, Scope, Stmt};
use view::Context;

/// Methods that add to a collection, or register with something.
const ADD: [&str; 9] =
    ["add", "append", "appendleft", "connect", "extend", "insert", "register", "setdefault", "subscribe"];

/// Whether calling the function stores one of its arguments (or of its nested functions' arguments) outside, or sets an
/// attribute on it.
pub(super) fn registers(cx: &Context<'_>, module: ModuleId, function: FunctionId) -> bool {
    let file = cx.file_of(module);
    let definitions = python::query::definitions(cx.db, file);
    let exports = model::query::exports(cx.db, file);
    let is_inside = |mut scope: Scope| {
        // Scopes only lead outwards, so this terminates.
        while let Scope::Function(id) = scope {
            if id == function {
                return true;
            }
            scope = definitions[id].scope;
        }
        false
    };
    let parameters: Vec<Name> = definitions
        .functions()
        .filter(|(id, it)| *id == function || is_inside(it.scope))
        .flat_map(|(_, it)| it.parameters.iter().map(|parameter| parameter.name.clone()))
        .collect();
    let bodies = python::query::bodies(cx.db, file);
    let is_outside = |body: &Body, expr: ExprId| {
        root(body, expr)
            .is_some_and(|root| exports.get(root).is_some() && !parameters.iter().any(|it| it == root))
    };
    let own = bodies.list.iter().filter(|body| match body.owner {
        BodyOwner::Function(id) => is_inside(Scope::Function(id)),
        _ => false,
    });
    own.into_iter().any(|body| {
        let hands_on = |args: &[Arg]| args.iter().any(|arg| mentions(body, arg.value(), &parameters));
        let calls = body.exprs.list.iter().any(|expr| match expr {
            Expr::Call { callee, args } => match &body[*callee] {
                Expr::Attribute { value, name } => {
                    let adds = ADD.contains(&name.as_str()) || name.starts_with("register");
                    adds && is_outside(body, *value) && hands_on(args)
                }
                Expr::Name(name) => {
                    let marks = name == "setattr"
                        && args.first().is_some_and(|first| {
                            matches!(&body[first.value()], Expr::Name(name) if parameters.contains(name))
                        });
                    marks || name.starts_with("register") && hands_on(args)
                }
                _ => false,
            },
            _ => false,
        });
        let assigns = body.stmts.iter().any(|stmt| {
            let Stmt::Assign { targets, value, .. } = stmt else { return false };
            targets.iter().any(|target| match &body[*target] {
                Expr::Subscript { value: into, .. } => {
                    is_outside(body, *into) && value.is_some_and(|value| mentions(body, value, &parameters))
                }
                Expr::Attribute { value, .. } => {
                    is_outside(body, *value)
                        || matches!(&body[*value], Expr::Name(name) if parameters.contains(name))
                }
                _ => false,
            })
        });
        calls || assigns
    })
}

/// The root name of a chain of attributes and indices.
fn root(body: &Body, mut expr: ExprId) -> Option<&Name> {
    loop {
        match &body[expr] {
            Expr::Name(name) => return Some(name),
            Expr::Attribute { value, .. } | Expr::Subscript { value, .. } => expr = *value,
            _ => return None,
        }
    }
}

/// Whether an expression names one of the parameters.
fn mentions(body: &Body, expr: ExprId, parameters: &[Name]) -> bool {
    let mut open = vec![expr];
    while let Some(id) = open.pop() {
        match &body[id] {
            Expr::Name(name) if parameters.contains(name) => return true,
            other => other.for_each_child(|child| open.push(child)),
        }
    }
    false
}
