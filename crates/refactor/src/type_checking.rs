//! Moves an import that only annotations use under a top-level `if TYPE_CHECKING:`.
//!
//! Annotations of variables inside functions are never evaluated (PEP 526); those of nested functions are, unless the
//! module has `from __future__ import annotations` (PEP 563), and are quoted here. Annotations that a class body or a
//! decorator could read at run time (dataclasses, pydantic, routes, containers) are left alone.

use python::{ExprId, Import, ImportId, ImportKind, NameUse, Scope, Stmt};
use source::{Span, TextEdit};
use view::Context;

use super::bindings;
use super::head::{self, NewImport};
use super::hoist;
use super::lines::Lines;
use super::statement::Statement;

/// The edits; `None` if something may read the name at run time.
pub(super) fn edits(cx: &Context<'_>, import: ImportId) -> Option<Vec<TextEdit>> {
    let view = cx.import(import)?;
    let statement = Statement::of(cx, import)?;
    if view.import.kind != ImportKind::From
        || has_readers_at_run_time(cx, view.import)
        || !statement.imports.iter().all(|id| bindings::can_move_to_top_level(cx, *id))
    {
        return None;
    }
    let items: Vec<&str> = statement
        .imports
        .iter()
        .filter(|id| !bindings::is_at_top_level(cx, **id))
        .map(|id| statement.item(*id))
        .collect();
    let joins = hoist::joins(cx, &view, |other| other.import.context.type_checking);
    let (mut edits, said) = statement.leaving(!items.is_empty() && !joins)?;
    for name_use in cx.module.uses.iter().filter(|name_use| statement.imports.contains(&name_use.import)) {
        edits.extend(quote(cx, statement.lines, name_use)?);
    }
    if !items.is_empty() {
        let new = NewImport::from(statement.clause()?, items, None).below(&said);
        edits.extend(under_type_checking(cx, statement.lines, &new)?);
    }
    Some(edits)
}

/// Whether a class or a decorated function nested in the importing function could read the annotations.
fn has_readers_at_run_time(cx: &Context<'_>, import: &Import) -> bool {
    let Scope::Function(function) = import.context.scope else { return true };
    let definitions = &cx.module.definitions;
    let around = cx.module.spans.functions.get(function.0 as usize).copied().unwrap_or_default();
    let inside = |span: Option<&Span>| span.is_some_and(|span| around.contains(*span) && *span != around);
    definitions.classes().any(|(id, _)| inside(cx.module.spans.classes.get(id.0 as usize)))
        || definitions.functions().any(|(id, function)| {
            !function.decorators.is_empty() && inside(cx.module.spans.functions.get(id.0 as usize))
        })
}

/// Quotes the name where Python would evaluate it. `None` if a quoted name would break the annotation.
fn quote(cx: &Context<'_>, lines: Lines<'_>, name_use: &NameUse) -> Option<Vec<TextEdit>> {
    let has_future = cx
        .module
        .imports
        .list
        .iter()
        .any(|import| import.module == "__future__" && import.name.as_deref() == Some("annotations"));
    if has_future || is_variable_annotation(cx, name_use.span) || is_in_string(lines, name_use.span) {
        return Some(Vec::new());
    }
    let before = lines.before(name_use.span.start).trim_end();
    let after = lines.after(name_use.span.end).trim_start();
    if before.ends_with('|') || after.starts_with(['|', '[', '(']) {
        return None;
    }
    let text = lines.slice(name_use.span);
    Some(vec![TextEdit { span: name_use.span, insert: format!("\"{text}\"") }])
}

/// Whether the position is in the annotation of a variable inside a function.
fn is_variable_annotation(cx: &Context<'_>, span: Span) -> bool {
    cx.module.bodies.list.iter().zip(&cx.module.spans.bodies).any(|(body, spans)| {
        let of = |id: ExprId| spans.exprs.get(id.0 as usize).is_some_and(|around| around.contains(span));
        matches!(body.owner, python::BodyOwner::Function(_))
            && body
                .stmts
                .iter()
                .any(|stmt| matches!(stmt, Stmt::Assign { annotation: Some(id), .. } if of(*id)))
    })
}

/// Whether an odd number of quotes precedes the position on its line: it is already quoted.
fn is_in_string(lines: Lines<'_>, span: Span) -> bool {
    let before = lines.before(span.start);
    ['"', '\''].iter().any(|quote| before.matches(*quote).count() % 2 == 1)
}

pub(super) fn under_type_checking(
    cx: &Context<'_>,
    lines: Lines<'_>,
    new: &NewImport,
) -> Option<Vec<TextEdit>> {
    if let Some(edits) = head::insert_guarded(cx, new) {
        return Some(edits);
    }
    let has_guard = cx
        .imports()
        .any(|view| view.import.context.type_checking && view.import.context.scope == Scope::Module);
    if has_guard {
        return None;
    }
    let ending = lines.ending();
    let (guard, import) = guard(cx);
    let (indentation, gap) = head::indentation_and_gap(cx);
    let block = format!("if {guard}:{ending}{}", head::written(cx, new, &indentation));
    let head = head::statements(cx);
    let Some(last) = head.last() else {
        let import = import.map(|import| format!("{}{ending}{ending}", head::written(cx, &import, "")));
        let text = format!("{}{block}", import.unwrap_or_default());
        return Some(vec![head::first(lines, cx.module.spans.import_insertion, &text)]);
    };
    // The import may go to the position of the block, and must come first there.
    let mut edits = import.map(|import| head::insert_standard(cx, &import)).unwrap_or_default();
    edits.push(head::below(lines, last.span.end, &block, &ending.repeat(gap)));
    Some(head::joined(edits))
}

/// The module's expression for `TYPE_CHECKING`, with the import that it needs.
fn guard(cx: &Context<'_>) -> (String, Option<NewImport>) {
    let at_top_level =
        |import: &&Import| import.context.scope == Scope::Module && import.context.at_import_time();
    for import in
        cx.module.imports.list.iter().filter(at_top_level).filter(|import| import.module == "typing")
    {
        match (import.kind, import.name.as_deref(), import.bound_name()) {
            (ImportKind::From, Some("TYPE_CHECKING"), Some(bound)) => {
                return (bound.to_owned(), None);
            }
            (ImportKind::Module, _, Some(bound)) => {
                return (format!("{bound}.TYPE_CHECKING"), None);
            }
            _ => {}
        }
    }
    let import = NewImport::from("from typing".to_owned(), vec!["TYPE_CHECKING"], None);
    ("TYPE_CHECKING".to_owned(), Some(import))
}
