//! The source module: the code is removed, imported back where it is still needed, and imports that only it needed are
//! removed.

use model::Target;
use python::{ImportId, Name, Scope, Stmt, UseContext};
use source::{Span, TextEdit};
use view::Context;

use super::block::Piece;
use super::needs::{Needs, prefers_relative};
use super::{Back, Failure, Move, probe};
use crate::head::{self, NewImport};
use crate::lines::Lines;
use crate::moves::{Refusal, relative};
use crate::rewrite::{FileRewrite, Rewrite};
use crate::type_checking;

/// What remains in the source module.
#[derive(Debug, Default)]
pub(super) struct Left {
    /// Names that the module still binds, by importing them back.
    pub(super) kept: Vec<Name>,
    /// Names that it no longer imports.
    pub(super) dropped: Vec<Name>,
    /// Names that it still binds, but that only the moved code uses: patches of them follow.
    pub(super) looked_up: Vec<Name>,
}

/// Removes the pieces.
pub(super) fn leave(
    it: &Move<'_, '_>,
    rewrite: &mut Rewrite<'_>,
    pieces: &[Piece],
    needs: &Needs,
    (back, loaded): (Back, &[Name]),
) -> Result<Left, Failure> {
    let own = rewrite.own();
    let mut sorted: Vec<Span> = pieces.iter().map(|piece| piece.span).collect();
    sorted.sort_by_key(|span| std::cmp::Reverse(span.start));
    for span in sorted {
        let edit = removal(own.text(), span);
        own.apply(&[edit]).ok_or_else(|| Refusal::new("it can't be taken out"))?;
    }
    let mut left = Left::default();
    for name in &it.names {
        if bring_back(it, own, name, (back, loaded.contains(name)))? {
            left.kept.push(name.clone());
        }
    }
    left.dropped = drop_imports(it, own, needs)?;
    drop_empty_guard(it, own)?;
    Ok(left)
}

/// Removes `if TYPE_CHECKING:` if nothing is left below it.
fn drop_empty_guard(it: &Move<'_, '_>, own: &mut FileRewrite<'_>) -> Result<(), Failure> {
    let Some((id, span)) = empty_guard(&own.cx) else { return Ok(()) };
    if empty_guard(it.source).is_some() {
        return Ok(());
    }
    let lines = Lines { text: own.text() };
    let whole = Span::new(lines.start(span.start), lines.next(span.end));
    let edit = removal(own.text(), whole);
    own.apply(&[edit]).ok_or_else(|| Refusal::new("an empty `if TYPE_CHECKING:` can't be taken out"))?;
    own.drop_unused(&id).ok_or_else(|| Refusal::new("an import can't be taken out"))?;
    Ok(())
}

/// An `if TYPE_CHECKING:` that contains only `pass`: the name it tests, and its span.
fn empty_guard(cx: &Context<'_>) -> Option<(Name, Span)> {
    let body = cx.module.bodies.list.first()?;
    body.root.iter().find_map(|id| {
        let Stmt::If { test, body: then, orelse } = &body[*id] else { return None };
        let name = body.exprs.dotted(*test)?;
        let is_guard = name.rsplit('.').next() == Some("TYPE_CHECKING");
        let is_empty = orelse.is_empty() && matches!(&**then, [only] if matches!(body[*only], Stmt::Pass));
        let first = Name::from(name.split('.').next().unwrap_or_default());
        (is_guard && is_empty).then(|| (first, cx.module.spans.stmt(python::BodyId(0), *id)))
    })
}

/// Removes whole lines, and then superfluous blank lines.
fn removal(text: &str, span: Span) -> TextEdit {
    let (above, below) = (&text[..span.start as usize], &text[span.end as usize..]);
    let kept = above.trim_end_matches(['\r', '\n']);
    let rest = below.trim_start_matches(['\r', '\n']);
    let gap_above = above.len() - kept.len();
    let gap_below = below.len() - rest.len();
    let (start, end) = if rest.trim().is_empty() {
        // One line ending stays.
        let line = above[kept.len()..].find('\n').map_or(0, |at| at + 1);
        (kept.len() + line, text.len())
    } else if kept.is_empty() || gap_above > gap_below {
        (above.len(), span.end as usize + gap_below)
    } else {
        let line = above[kept.len()..].find('\n').map_or(0, |at| at + 1);
        (kept.len() + line, span.end as usize)
    };
    TextEdit { span: Span::new(start as u32, end as u32), insert: String::new() }
}

/// Imports a name back if it is still needed, or exported; returns whether it did.
fn bring_back(
    it: &Move<'_, '_>,
    own: &mut FileRewrite<'_>,
    name: &str,
    (back, is_loaded): (Back, bool),
) -> Result<bool, Failure> {
    let uses = probe::uses(own.text(), [name]);
    let is_package = it.source.info().is_package;
    let listed = own.cx.module.definitions.all.clone();
    let is_listed = listed.as_ref().is_some_and(|all| all.iter().any(|it| it == name));
    if uses.is_empty() && !is_package && !is_listed && !is_loaded {
        return Ok(false);
    }
    let is_relative = prefers_relative(it) || (is_package && own.cx.module.imports.list.is_empty());
    let clause =
        format!("from {}", relative::written(&super::Own::of(it.source.info()), it.home.name(), is_relative));
    // A re-exported name is marked as such (PEP 484).
    let item = if uses.is_empty() && !is_listed { format!("{name} as {name}") } else { name.to_owned() };
    let new = NewImport::from(clause, vec![&item], None);
    let defers = probe::defers_annotations(&own.cx.module.imports);
    let for_types = uses.iter().all(|it| it.context == UseContext::Annotation && (defers || it.is_quoted))
        && !is_package
        && !is_listed
        && !is_loaded;
    let edits = match back {
        Back::AtRunTime => head::insert(&own.cx, &new),
        Back::ForTypes if for_types => {
            let lines = Lines { text: own.text() };
            type_checking::under_type_checking(&own.cx, lines, &new).ok_or(Failure::NotForTypes)?
        }
        Back::ForTypes => return Err(Failure::NotForTypes),
    };
    own.apply(&edits).ok_or_else(|| Refusal::new("it can't be imported back"))?;
    Ok(true)
}

/// Removes imports that only the moved code needed.
fn drop_imports(it: &Move<'_, '_>, own: &mut FileRewrite<'_>, needs: &Needs) -> Result<Vec<Name>, Failure> {
    if is_starred(it.source) {
        return Ok(Vec::new());
    }
    let mut dropped = Vec::new();
    for name in &needs.leaves {
        if is_wanted(&own.cx, name) {
            continue;
        }
        own.drop_unused(name)
            .ok_or_else(|| Refusal::new(format!("the import of `{name}` can't be taken out")))?;
        if binding(&own.cx, name).next().is_none() {
            dropped.push(name.clone());
        }
    }
    Ok(dropped)
}

/// Removes the imports whose patches follow to the new module: nothing looks them up here any more.
pub(super) fn drop_followed(
    it: &Move<'_, '_>,
    own: &mut FileRewrite<'_>,
    left: &mut Left,
) -> Result<(), Refusal> {
    if is_starred(it.source) {
        return Ok(());
    }
    for name in left.looked_up.clone() {
        if binding(&own.cx, &name).next().is_none() || is_wanted(&own.cx, &name) {
            continue;
        }
        own.drop_unused_and_patched(&name)
            .ok_or_else(|| Refusal::new(format!("the import of `{name}` can't be taken out")))?;
        if binding(&own.cx, &name).next().is_none() {
            left.dropped.push(name);
        }
    }
    Ok(())
}

fn binding<'c>(cx: &'c Context<'_>, name: &'c str) -> impl Iterator<Item = ImportId> + 'c {
    cx.imports()
        .filter(move |view| {
            view.import.bound_name() == Some(name) && view.import.context.scope == Scope::Module
        })
        .map(|view| view.id)
}

/// Whether a comment marks an import as meant for other modules.
fn is_wanted(cx: &Context<'_>, name: &str) -> bool {
    let lines = Lines { text: cx.text.as_str() };
    binding(cx, name).any(|id| {
        let spans = cx.module.spans.import(id);
        lines.after(spans.item.end).contains("noqa") || lines.after(spans.statement.end).contains("noqa")
    })
}

/// Whether any module star-imports this one.
fn is_starred(cx: &Context<'_>) -> bool {
    cx.architecture.modules.iter().any(|(id, info)| {
        id != cx.id
            && model::query::exports(cx.db, info.file).stars.iter().any(|star| {
                let resolved = model::query::resolved(cx.db, cx.project, info.file);
                matches!(resolved.get(star.0 as usize).map(|it| &it.target), Some(Target::Module(id)) if *id == cx.id)
            })
    })
}
