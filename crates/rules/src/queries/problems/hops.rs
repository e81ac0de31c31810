//! The calls from a finding down to its cause.

use flow::{Callee, FunctionRef, Site};
use python::{Expr, ExprArena, ExprId};
use source::File;
use view::Context;

use super::analysis;

/// One call of the chain.
pub(crate) struct Hop {
    /// The file of the callee.
    pub(crate) file: File,
    /// Where in the callee the chain continues, or ends.
    pub(crate) site: Site,
    /// The callee, qualified by its class.
    pub(crate) callee: String,
    /// What is called or read there, as written.
    pub(crate) written: Option<String>,
    /// The same, as a message names it.
    pub(crate) called: Option<String>,
}

/// Limit on the calls shown.
const SHOWN: usize = 8;

/// The call chain down from an effect of a callee, nearest first; the last is where it happens.
pub(crate) fn hops(cx: &Context<'_>, below: Option<(Callee, u16)>) -> Vec<Hop> {
    let mut hops = Vec::new();
    let mut next = below;
    while let Some((at, index)) = next {
        let (known, function) = (analysis(cx, at), at.function);
        let Some((site, below)) = known.hops.get(usize::from(index)).copied() else { break };
        let file = cx.file_of(function.module);
        let body = python::query::body(cx.db, file, site.body);
        let written = body.as_ref().and_then(|body| written(&body.exprs, site.expr));
        let called = body.as_ref().and_then(|body| called(&body.exprs, site.expr));
        hops.push(Hop { file, site, callee: name_of(cx, function), written, called });
        if hops.len() == SHOWN {
            break;
        }
        next = below;
    }
    hops
}

/// `OrderRepository.get`, `get_order`; the module for what it builds by itself.
pub(crate) fn name_of(cx: &Context<'_>, function: FunctionRef) -> String {
    if function.is_module_body() {
        return cx.module_name(function.module).to_owned();
    }
    let definitions = python::query::definitions(cx.db, cx.file_of(function.module));
    if let Some(class) = function.class_body() {
        return definitions
            .classes
            .get(class.0 as usize)
            .map(|facts| facts.name.to_string())
            .unwrap_or_default();
    }
    if definitions.functions.get(function.function.0 as usize).is_none() {
        return String::new();
    }
    definitions.short_name(function.function)
}

/// What is called or read, as written, if that is short: `session.get`, `order.customer`.
pub(crate) fn written(exprs: &ExprArena, expr: ExprId) -> Option<String> {
    const LONGEST: usize = 60;
    let text = chain(exprs, expr, 0)?;
    (text.len() <= LONGEST).then_some(text)
}

/// The same as a message names it: a call with its parentheses.
pub(crate) fn called(exprs: &ExprArena, expr: ExprId) -> Option<String> {
    let is_call = match &exprs[expr] {
        Expr::Await(inner) => matches!(exprs[*inner], Expr::Call { .. }),
        other => matches!(other, Expr::Call { .. }),
    };
    Some(format!("`{}{}`", written(exprs, expr)?, if is_call { "()" } else { "" }))
}

fn chain(exprs: &ExprArena, expr: ExprId, depth: usize) -> Option<String> {
    if depth > 12 {
        return None;
    }
    match &exprs[expr] {
        Expr::Name(name) => Some(name.to_string()),
        Expr::Attribute { value, name } => Some(format!("{}.{name}", chain(exprs, *value, depth + 1)?)),
        Expr::Call { callee, .. } => match &exprs[*callee] {
            Expr::Attribute { value, name } if matches!(exprs[*value], Expr::Call { .. }) => {
                Some(format!("{}().{name}", chain(exprs, *value, depth + 1)?))
            }
            _ => chain(exprs, *callee, depth + 1),
        },
        Expr::Await(inner) => chain(exprs, *inner, depth + 1),
        Expr::Subscript { value, .. } => Some(format!("{}[...]", chain(exprs, *value, depth + 1)?)),
        _ => None,
    }
}
