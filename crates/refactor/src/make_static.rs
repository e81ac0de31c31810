//! Replaces `name = import_module("a.b")` by `from a import b as name`, in the same place.

use python::{Expr, ImportId, ImportKind, Stmt};
use source::{Span, TextEdit};
use view::Context;

/// The edits; `None` if the call is not simply assigned to a name.
pub(super) fn edits(cx: &Context<'_>, import: ImportId) -> Option<Vec<TextEdit>> {
    let view = cx.import(import)?;
    if view.import.kind != ImportKind::Dynamic || view.import.level > 0 {
        return None;
    }
    let (span, bound, callee) = assignment(cx, view.spans.statement)?;
    let path = view.import.module.as_str();
    let insert = match callee.rsplit('.').next()? {
        // `__import__("a.b")` returns `a`.
        "__import__" if !path.contains('.') => module_as(path, &bound),
        "import_module" => module_as(path, &bound),
        "import_string" => {
            let (module, name) = path.rsplit_once('.')?;
            name_as(module, name, &bound)
        }
        _ => return None,
    };
    Some(vec![TextEdit { span, insert }])
}

fn module_as(path: &str, bound: &str) -> String {
    match path.rsplit_once('.') {
        Some((package, module)) => name_as(package, module, bound),
        None if path == bound => format!("import {path}"),
        None => format!("import {path} as {bound}"),
    }
}

fn name_as(module: &str, name: &str, bound: &str) -> String {
    if name == bound {
        format!("from {module} import {name}")
    } else {
        format!("from {module} import {name} as {bound}")
    }
}

/// The statement `name = call` whose call is at `call`: its span, the name, and the callee.
fn assignment(cx: &Context<'_>, call: Span) -> Option<(Span, String, String)> {
    cx.module.bodies.list.iter().zip(&cx.module.spans.bodies).find_map(|(body, spans)| {
        body.stmts.iter().enumerate().find_map(|(index, stmt)| {
            let Stmt::Assign { targets, annotation: None, value: Some(value) } = stmt else { return None };
            if spans.exprs.get(value.0 as usize) != Some(&call) {
                return None;
            }
            let [target] = &targets[..] else { return None };
            let (Expr::Name(bound), Expr::Call { callee, .. }) = (&body[*target], &body[*value]) else {
                return None;
            };
            Some((*spans.stmts.get(index)?, bound.to_string(), body.exprs.dotted(*callee)?))
        })
    })
}
