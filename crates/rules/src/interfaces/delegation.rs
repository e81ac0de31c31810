//! Methods that only forward their arguments to a method of an object that the instance holds.

use python::{Arg, Body, Expr, ExprId, FunctionId, Literal, Name, ParameterKind, Stmt};
use view::Context;

/// The target of a forwarding method.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Delegation {
    /// The attribute of `self`.
    pub(super) target: String,
    /// The method called on it.
    pub(super) method: Name,
}

/// The target to which the method forwards all of its arguments, and nothing else; `None` if the method does anything
/// of its own. Decorated methods do more than their body shows.
pub(super) fn delegation(cx: &Context<'_>, method: FunctionId) -> Option<Delegation> {
    let definitions = &*cx.module.definitions;
    let facts = &definitions[method];
    if !facts.decorators.is_empty() || facts.is_generator {
        return None;
    }
    let (receiver, parameters) = facts.parameters.split_first()?;
    let body = &cx.module.bodies[facts.body];
    let (callee, args) = only_call(body)?;
    let Expr::Attribute { value, name: called } = &body[callee] else { return None };
    let Expr::Attribute { value: root, name: target } = &body[*value] else { return None };
    if !matches!(&body[*root], Expr::Name(name) if *name == receiver.name) {
        return None;
    }
    let mut handed: Vec<(&str, ParameterKind)> = Vec::new();
    for arg in args {
        let (value, kind) = match arg {
            Arg::Positional(value) | Arg::Keyword(_, value) => (*value, ParameterKind::Normal),
            Arg::Star(value) => (*value, ParameterKind::Args),
            Arg::DoubleStar(value) => (*value, ParameterKind::Kwargs),
        };
        let Expr::Name(name) = &body[value] else { return None };
        handed.push((name, kind));
    }
    let mut given: Vec<(&str, ParameterKind)> =
        parameters.iter().map(|parameter| (parameter.name.as_str(), passed(parameter.kind))).collect();
    handed.sort_unstable_by_key(|(name, _)| *name);
    given.sort_unstable_by_key(|(name, _)| *name);
    (handed == given).then(|| Delegation { target: target.to_string(), method: called.clone() })
}

/// How a parameter is passed on.
fn passed(kind: ParameterKind) -> ParameterKind {
    match kind {
        ParameterKind::Args | ParameterKind::Kwargs => kind,
        ParameterKind::PositionalOnly | ParameterKind::Normal | ParameterKind::KeywordOnly => {
            ParameterKind::Normal
        }
    }
}

/// The call that is all a body does: `return self.x.f(a)`, `await self.x.f(a)`, or `y = self.x.f(a)` and `return y`.
fn only_call(body: &Body) -> Option<(ExprId, &[Arg])> {
    let is_text = |stmt: &&Stmt| matches!(stmt, Stmt::Expr(value) if matches!(&body[*value], Expr::Literal(Literal::Str(_))));
    let mut stmts: Vec<&Stmt> = body.root.iter().map(|id| &body[*id]).collect();
    if stmts.first().is_some_and(is_text) {
        stmts.remove(0);
    }
    let value = match &stmts[..] {
        [Stmt::Return(Some(value)) | Stmt::Expr(value)] => *value,
        [Stmt::Assign { targets, value: Some(value), .. }, Stmt::Return(Some(returned))] => {
            let [target] = &targets[..] else { return None };
            match (&body[*target], &body[*returned]) {
                (Expr::Name(target), Expr::Name(returned)) if target == returned => *value,
                _ => return None,
            }
        }
        _ => return None,
    };
    let value = match &body[value] {
        Expr::Await(inner) => *inner,
        _ => value,
    };
    match &body[value] {
        Expr::Call { callee, args } => Some((*callee, args)),
        _ => None,
    }
}
