//! Moves an import from a function to the top of the module.

use python::{ImportId, ImportKind, Scope};
use source::TextEdit;
use view::{Context, ImportView};

use super::bindings;
use super::head::{self, NewImport};
use super::rewrite::{self, Home};
use super::statement::Statement;

/// The edits; `None` if a name would change its meaning.
pub(super) fn edits(cx: &Context<'_>, import: ImportId) -> Option<Vec<TextEdit>> {
    let view = cx.import(import)?;
    let statement = Statement::of(cx, import)?;
    // `import os, shop.pricing`: each name is a separate dependency, and only this project's is to be moved.
    let moved: Vec<ImportId> = match view.import.kind {
        ImportKind::From => statement.imports.clone(),
        ImportKind::Module => {
            let of_project = |id: &ImportId| cx.import(*id).is_some_and(|other| other.module().is_some());
            statement.imports.iter().copied().filter(of_project).collect()
        }
        ImportKind::Star | ImportKind::Dynamic => return None,
    };
    if !moved.iter().all(|id| bindings::can_move_to_top_level(cx, *id)) {
        return None;
    }
    let missing: Vec<ImportId> =
        moved.iter().copied().filter(|id| !bindings::is_at_top_level(cx, *id)).collect();
    let (mut edits, said) = if moved.len() == statement.imports.len() {
        statement.leaving(!missing.is_empty() && !joins(cx, &view, |_| true))?
    } else {
        (statement.without(&moved)?, Vec::new())
    };
    edits.extend(without_guarded_twins(cx, &missing));
    edits.extend(without_local_twins(cx, &moved)?);
    let items: Vec<&str> = missing.iter().map(|id| statement.item(*id)).collect();
    let new: Vec<NewImport> = match statement.clause() {
        _ if items.is_empty() => return Some(edits),
        Some(clause) => vec![NewImport::from(clause, items, statement.type_comment())],
        None => items.into_iter().map(NewImport::module).collect(),
    };
    let mut new = new.into_iter();
    let first = new.next().map(|first| first.below(&said));
    let new: Vec<NewImport> = first.into_iter().chain(new).collect();
    edits.extend(head::insert_all(cx, &new, Home::Project));
    rewrite::without_empty_guard(cx, edits)
}

/// Whether one of the imports of the top level that `counts` selects is from the same module, so that a new import may
/// join that statement, and a comment above would be about both.
pub(super) fn joins(
    cx: &Context<'_>,
    view: &ImportView<'_>,
    counts: impl Fn(&ImportView<'_>) -> bool,
) -> bool {
    cx.imports().filter(counts).any(|other| {
        other.import.context.scope == Scope::Module
            && other.import.kind == view.import.kind
            && other.import.module == view.import.module
            && other.import.level == view.import.level
    })
}

/// Removes imports of the same names under `if TYPE_CHECKING:`: an unconditional import makes them redundant.
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
    let mut edits = Vec::new();
    let mut done: Vec<u32> = Vec::new();
    for twin in &twins {
        let number = cx.module.imports[*twin].statement;
        if done.contains(&number) {
            continue;
        }
        done.push(number);
        let Some(statement) = Statement::of(cx, *twin) else { continue };
        edits.extend(statement.without(&twins).unwrap_or_default());
    }
    edits
}

/// Removes further imports of the same names in the function and those around it: one that stays would make the name
/// local, and unbound where it hasn't run.
fn without_local_twins(cx: &Context<'_>, hoisted: &[ImportId]) -> Option<Vec<TextEdit>> {
    let is_twin = |view: &ImportView<'_>| {
        let scope = view.import.context.scope;
        let is_seen = |other: &ImportView<'_>| hoisted.contains(&other.id) && is_around(cx, scope, other);
        matches!(scope, Scope::Function(_)) && !hoisted.contains(&view.id) && has_twin(cx, view, is_seen)
    };
    let twins: Vec<ImportId> = cx.imports().filter(is_twin).map(|view| view.id).collect();
    let mut edits = Vec::new();
    let mut done: Vec<u32> = Vec::new();
    for twin in &twins {
        let number = cx.module.imports[*twin].statement;
        if !done.contains(&number) {
            done.push(number);
            edits.extend(Statement::of(cx, *twin)?.without(&twins)?);
        }
    }
    Some(edits)
}

/// Whether `scope` is that of an import, or of a function around it.
fn is_around(cx: &Context<'_>, scope: Scope, view: &ImportView<'_>) -> bool {
    let mut at = view.import.context.scope;
    while at != Scope::Module {
        if at == scope {
            return true;
        }
        at = match at {
            Scope::Function(function) => cx.module.definitions[function].scope,
            Scope::Class(class) => cx.module.definitions[class].scope,
            Scope::Module => Scope::Module,
        };
    }
    false
}

/// Whether one of the imports that `counts` selects binds the same name to the same object.
fn has_twin(cx: &Context<'_>, view: &ImportView<'_>, counts: impl Fn(&ImportView<'_>) -> bool) -> bool {
    cx.imports().filter(|other| other.id != view.id && counts(other)).any(|other| {
        other.resolved.absolute == view.resolved.absolute
            && other.import.bound_name() == view.import.bound_name()
    })
}
