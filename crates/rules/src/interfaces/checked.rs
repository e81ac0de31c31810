//! Helpers that are called after a check of the argument's class.

use flow::Kind;
use model::{ClassRef, InjectionPlace};
use python::{Arg, Body, BodyId, Expr, ExprId, Stmt};
use view::Context;
use view::collaborators::head_value;
use view::scope::Names;

/// Whether a private function takes an argument that its caller has checked with `isinstance()` or a class pattern for
/// this very class: it needs that class.
pub(super) fn is_behind_check(cx: &Context<'_>, place: InjectionPlace, class: &ClassRef) -> bool {
    let InjectionPlace::Parameter { function, .. } = place else { return false };
    let name = cx.module.definitions[function].name.as_str();
    if !name.starts_with('_') || name.starts_with("__") {
        return false;
    }
    let text = cx.text.as_str();
    if !text.contains("isinstance") && !text.contains("match ") {
        return false;
    }
    let names = Names::of(cx);
    names.bodies().any(|(id, body)| {
        let is_call =
            |expr: &Expr| matches!(expr, Expr::Call { callee, .. } if is_called(body, *callee, name));
        body.exprs.list.iter().any(is_call)
            && (body.exprs.list.iter().any(|expr| checks(&names, (id, body), expr, class))
                || body.stmts.iter().any(|stmt| matches_class(&names, (id, body), stmt, class)))
    })
}

/// Whether an expression is the function `name`, or the method of something.
fn is_called(body: &Body, callee: ExprId, name: &str) -> bool {
    match &body[callee] {
        Expr::Name(own) | Expr::Attribute { name: own, .. } => own == name,
        _ => false,
    }
}

/// `isinstance(_, Class)`, `isinstance(_, (Class, Other))`
fn checks(names: &Names<'_>, (id, body): (BodyId, &Body), expr: &Expr, class: &ClassRef) -> bool {
    let Expr::Call { callee, args } = expr else { return false };
    let [_, Arg::Positional(checked)] = &args[..] else { return false };
    let classes = match &body[*checked] {
        Expr::Tuple(parts) => parts.to_vec(),
        _ => vec![*checked],
    };
    matches!(&body[*callee], Expr::Name(name) if name == "isinstance")
        && classes.iter().any(|expr| is_class(names, id, *expr, class))
}

/// `case Class():`
fn matches_class(names: &Names<'_>, (id, _): (BodyId, &Body), stmt: &Stmt, class: &ClassRef) -> bool {
    let Stmt::Match { cases, .. } = stmt else { return false };
    let mut values = cases.iter().flat_map(|case| &case.pattern.values);
    values.any(|expr| is_class(names, id, *expr, class))
}

fn is_class(names: &Names<'_>, id: BodyId, expr: ExprId, class: &ClassRef) -> bool {
    head_value(names, id, expr).is_some_and(|it| matches!(it.kind, Kind::Class(own) if own == *class))
}
