//! Moves an import from a function to the module's head.

use python::{ImportId, ImportKind, Scope};
use source::TextEdit;

use super::bindings;
use super::head::{self, NewImport};
use super::statement::Statement;
use crate::{Context, ImportView};

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
    edits.extend(without_guarded_twins(cx, &missing));
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

/// Takes out what `if TYPE_CHECKING:` imports under the same names: an import that always runs makes it needless. It
/// stays where the block could become empty by this and other fixes of the same kind.
fn without_guarded_twins(cx: &Context<'_>, hoisted: &[ImportId]) -> Vec<TextEdit> {
    let is_guarded = |view: &ImportView<'_>| {
        view.import.context.type_checking && view.import.context.scope == Scope::Module
    };
    let is_hoisted = |view: &ImportView<'_>| hoisted.contains(&view.id);
    let twins: Vec<ImportId> = cx
        .imports()
        .filter(|view| is_guarded(view) && has_twin(cx, view, is_hoisted))
        .map(|view| view.id)
        .collect();
    let could_be_hoisted = |view: &ImportView<'_>| view.import.context.function.is_some();
    let will_stay = |id: &ImportId| cx.import(*id).is_some_and(|view| !has_twin(cx, &view, could_be_hoisted));
    let mut edits = Vec::new();
    for twin in &twins {
        let Some(statement) = Statement::of(cx, *twin) else { continue };
        let is_counted = statement.imports.iter().find(|id| twins.contains(id)) != Some(twin);
        let Some(block) = statement.block().filter(|_| !is_counted) else { continue };
        let keeps_something =
            block.imports.iter().any(|imports| imports.as_ref().is_none_or(|ids| ids.iter().any(will_stay)));
        if keeps_something {
            edits.extend(statement.without(&twins).unwrap_or_default());
        }
    }
    edits
}

/// Whether one of the imports that `counts` picks binds the same name to the same thing.
fn has_twin(cx: &Context<'_>, view: &ImportView<'_>, counts: impl Fn(&ImportView<'_>) -> bool) -> bool {
    cx.imports().filter(|other| other.id != view.id && counts(other)).any(|other| {
        other.resolved.absolute == view.resolved.absolute
            && other.import.bound_name() == view.import.bound_name()
    })
}
