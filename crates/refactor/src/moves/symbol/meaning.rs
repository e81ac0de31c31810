//! Code that means something else in another module: it depends on its own place, or reads a variable that other code
//! rebinds.

use python::{Expr, Name, Stmt};
use source::Span;
use view::Context;

use super::block::Piece;
use super::{Move, probe};
use crate::bindings;
use crate::moves::Refusal;
use crate::moves::allowed::names;

/// Names that each module has of its own (data model, "Import-related attributes on module objects").
const OF_EACH_MODULE: [&str; 8] =
    ["__builtins__", "__doc__", "__file__", "__loader__", "__name__", "__package__", "__path__", "__spec__"];

/// Functions that look names up in the calling module.
const LOOK_UP: [&str; 2] = ["eval", "exec"];

/// Refuses code that depends on its own place.
pub(super) fn reads_own_place(cx: &Context<'_>, span: Span) -> Result<(), Refusal> {
    for (name, at) in names(cx) {
        if !span.contains(at) {
            continue;
        }
        if OF_EACH_MODULE.contains(&name) {
            return Err(Refusal::new(format!("it reads `{name}`, which differs there")));
        }
        if LOOK_UP.contains(&name) && !bindings::is_bound_otherwise(cx, name) {
            return Err(Refusal::new(format!("it runs text with `{name}`, whose names are others there")));
        }
    }
    if reads_own_files(cx, span) {
        return Err(Refusal::new("it reads the files of its package, which differ there"));
    }
    Ok(())
}

/// Whether it calls `importlib.resources.files()`: without an argument it uses the caller's package.
fn reads_own_files(cx: &Context<'_>, span: Span) -> bool {
    cx.module.bodies.list.iter().zip(&cx.module.spans.bodies).any(|(body, spans)| {
        body.exprs.list.iter().zip(&spans.exprs).any(|(expr, at)| match expr {
            Expr::Call { callee, args } if args.is_empty() && span.contains(*at) => {
                let Some(dotted) = body.exprs.dotted(*callee) else { return false };
                let first = dotted.split('.').next().unwrap_or_default();
                let full = cx
                    .imports()
                    .find(|view| view.import.bound_name() == Some(first))
                    .map(|view| format!("{}{}", view.resolved.absolute, &dotted[first.len()..]));
                full.is_some_and(|full| full.ends_with("resources.files"))
            }
            _ => false,
        })
    })
}

/// Refuses code that reads a variable of its module which code there rebinds: an import would take its value only once.
/// `elsewhere` are names that other modules assign.
pub(super) fn reads_what_changes(
    it: &Move<'_, '_>,
    pieces: &[Piece],
    elsewhere: &[Name],
) -> Result<(), Refusal> {
    let cx = it.source;
    let exports = model::query::exports(cx.db, cx.file);
    let mut changing: Vec<&Name> = cx
        .module
        .bodies
        .list
        .iter()
        .flat_map(|body| &body.stmts)
        .filter_map(|stmt| match stmt {
            Stmt::Global(names) => Some(names.iter()),
            _ => None,
        })
        .flatten()
        .chain(elsewhere)
        .filter(|name| exports.get(name).is_some() && !it.goes(name))
        .collect();
    changing.sort();
    changing.dedup();
    for piece in pieces {
        let text = cx.text.slice(piece.span);
        if let Some(read) = probe::uses(text, changing.iter().map(|name| name.as_str())).first() {
            return Err(Refusal::new(format!(
                "it reads `{}`, which is bound anew while the program runs: an import would keep the old value",
                read.name
            )));
        }
    }
    Ok(())
}
