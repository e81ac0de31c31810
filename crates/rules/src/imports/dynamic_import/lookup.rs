//! Whether the result of a dynamic import is searched by a computed name: then it is a plugin loader, and a plain
//! import can't replace it.

use python::{Arg, Body, Expr, ExprId, Literal, Stmt};
use source::Span;
use view::Context;

/// Whether the module imported by the call at `call` is searched by a computed name anywhere in this file.
pub(super) fn is_by_computed_name(cx: &Context<'_>, call: Span) -> bool {
    let found = cx.module.bodies.list.iter().zip(&cx.module.spans.bodies).find_map(|(body, spans)| {
        let index = spans.exprs.iter().position(|span| *span == call)?;
        Some((&**body, ExprId(index as u32)))
    });
    let Some((body, call)) = found else { return false };
    if searches(body, |expr| expr == call) {
        return true;
    }
    let names = body.stmts.iter().filter_map(|stmt| match stmt {
        Stmt::Assign { targets, value: Some(value), .. } if *value == call => {
            match &body[*targets.first()?] {
                Expr::Name(name) => Some(name),
                _ => None,
            }
        }
        _ => None,
    });
    let names: Vec<&python::Name> = names.collect();
    cx.module
        .bodies
        .list
        .iter()
        .any(|body| searches(body, |expr| matches!(&body[expr], Expr::Name(name) if names.contains(&name))))
}

/// `getattr(module, name)`, `vars(module)`, `dir(module)`, `getmembers(module)`, `module.__path__`, `module.__dict__`.
fn searches(body: &Body, is_module: impl Fn(ExprId) -> bool) -> bool {
    body.exprs.list.iter().any(|expr| match expr {
        Expr::Call { callee, args } => {
            let callee = match &body[*callee] {
                Expr::Name(name) | Expr::Attribute { name, .. } => name.as_str(),
                _ => return false,
            };
            let Some(Arg::Positional(subject)) = args.first() else { return false };
            let is_computed = match args.get(1) {
                Some(Arg::Positional(name)) => !matches!(body[*name], Expr::Literal(Literal::Str(_))),
                _ => false,
            };
            is_module(*subject)
                && match callee {
                    "getattr" | "hasattr" => is_computed,
                    "vars" | "dir" | "getmembers" => true,
                    _ => false,
                }
        }
        Expr::Attribute { value, name } => {
            matches!(name.as_str(), "__path__" | "__dict__") && is_module(*value)
        }
        _ => false,
    })
}
