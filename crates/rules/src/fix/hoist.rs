//! Moves an import from a function to the module's head.

use python::{ImportId, ImportKind};
use source::TextEdit;

use super::bindings;
use super::head::{self, NewImport};
use super::statement::Statement;
use crate::Context;

/// The edits, or nothing where a name would mean something else afterwards.
pub(super) fn edits(cx: &Context<'_>, import: ImportId) -> Option<Vec<TextEdit>> {
    let view = cx.import(import)?;
    let statement = Statement::of(cx, import)?;
    // `import os, shop.pricing`: each name is a dependency of its own, and only this project's is in question.
    let moved: Vec<ImportId> = match view.import.kind {
        ImportKind::From => statement.imports.clone(),
        ImportKind::Module => {
            let of_project = |id: &ImportId| cx.import(*id).is_some_and(|other| other.module().is_some());
            statement.imports.iter().copied().filter(of_project).collect()
        }
        ImportKind::Star | ImportKind::Dynamic => return None,
    };
    if !moved.iter().all(|id| bindings::can_move_to_head(cx, *id)) {
        return None;
    }
    let mut edits = statement.without(&moved)?;
    let missing: Vec<ImportId> = moved.into_iter().filter(|id| !bindings::is_at_head(cx, *id)).collect();
    let items: Vec<&str> = missing.iter().map(|id| statement.item(*id)).collect();
    match statement.clause() {
        _ if items.is_empty() => {}
        Some(clause) => {
            edits.extend(head::insert(cx, &NewImport::from(clause, items, statement.type_comment())));
        }
        None => {
            for item in items {
                edits.extend(head::insert(cx, &NewImport::module(item)));
            }
        }
    }
    Some(edits)
}
