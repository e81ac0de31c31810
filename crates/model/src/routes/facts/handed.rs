//! Registrations by what a decorator of the project is given: `@protected(router.get, "/orders")`, whose inner function
//! runs `method(path, ...)(function)`.

use python::{Body, Definitions, Expr, ExprArena, ExprId, Function, FunctionId, Scope, Stmt};

/// The maximum nesting of functions in a decorator.
const MAX_NESTED: usize = 4;

/// `return method(path)(function)` in `inner`: the call that makes the route, and the function that is given `method`.
pub(super) fn applied(
    body: &Body,
    definitions: &Definitions,
    inner: FunctionId,
    stmt: &Stmt,
) -> Option<(FunctionId, ExprId)> {
    let (Stmt::Return(Some(value)) | Stmt::Expr(value) | Stmt::Assign { value: Some(value), .. }) = stmt
    else {
        return None;
    };
    let Expr::Call { callee: made, args } = &body.exprs[*value] else { return None };
    let [function] = &args[..] else { return None };
    let is_function = matches!(&body.exprs[function.value()], Expr::Name(_) | Expr::Call { .. });
    let owner = given_to(&body.exprs, *made, definitions, Scope::Function(inner))?;
    is_function.then_some((owner, *made))
}

/// `@method(path)` above a nested function: the same.
pub(super) fn decorators<'a>(
    definitions: &'a Definitions,
    nested: &'a Function,
) -> impl Iterator<Item = (FunctionId, ExprId)> + 'a {
    let owner = |made| given_to(&definitions.exprs, made, definitions, nested.scope);
    nested.decorators.iter().filter_map(move |made| Some((owner(*made)?, *made)))
}

/// Whether a call has `router.get` among its arguments.
pub(super) fn hands_on(exprs: &ExprArena, decorator: ExprId, names: &[&str]) -> bool {
    let Expr::Call { args, .. } = &exprs[decorator] else { return false };
    let is_method =
        |id: ExprId| matches!(&exprs[id], Expr::Attribute { name, .. } if names.contains(&name.as_str()));
    args.iter().any(|arg| is_method(arg.value()))
}

/// The function around `scope` whose parameter is what a call calls.
fn given_to(exprs: &ExprArena, call: ExprId, definitions: &Definitions, scope: Scope) -> Option<FunctionId> {
    let Expr::Call { callee, .. } = &exprs[call] else { return None };
    let Expr::Name(wanted) = &exprs[*callee] else { return None };
    let mut at = scope;
    for _ in 0..MAX_NESTED {
        let Scope::Function(id) = at else { return None };
        let function = &definitions[id];
        if function.parameters.iter().any(|parameter| parameter.name == *wanted) {
            // What a decorator decorates is called by its inner function too, but its result isn't.
            return Some(id);
        }
        at = function.scope;
    }
    None
}
