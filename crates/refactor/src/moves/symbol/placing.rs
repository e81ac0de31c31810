//! Where in a module a definition goes, and the blank lines around it (PEP 8).

use python::{Expr, Literal, Name, Stmt, StmtId};
use source::{Span, TextEdit};
use view::Context;

use super::{block, probe};
use crate::moves::Refusal;

/// The offset of the line before which the definition of `names` goes. `needed` are names that must be bound by then.
pub(super) fn place(
    cx: &Context<'_>,
    names: &[Name],
    needed: &[Name],
    is_definition: bool,
) -> Result<u32, Refusal> {
    let Some(body) = cx.module.bodies.list.first() else { return Ok(0) };
    let spans: Vec<Span> = body.root.iter().map(|id| statement_span(cx, *id)).collect();
    let text = cx.text.as_str();
    let after = spans.iter().rposition(|span| needed.iter().any(|name| binds(cx, *span, name)));
    let defers = probe::defers_annotations(&cx.module.imports);
    let first_use = probe::uses(text, names.iter().map(Name::as_str))
        .iter()
        .filter(|it| {
            let is_late = it.context == python::UseContext::Annotation && (defers || it.is_quoted);
            it.at_import && !is_late
        })
        .filter_map(|it| spans.iter().position(|span| span.start <= it.start && it.start < span.end))
        .min();
    if let (Some(after), Some(before)) = (after, first_use)
        && after >= before
    {
        return Err(Refusal::new(format!(
            "{} needs it before what it needs itself is defined there",
            cx.own_name()
        )));
    }
    let index = match (after, first_use) {
        (_, Some(before)) => before,
        (Some(after), None) if !is_definition => after + 1,
        (None, None) if !is_definition => head_length(cx, &body.root),
        _ => main_guard(cx, &body.root).unwrap_or(spans.len()),
    };
    Ok(match spans.get(index) {
        Some(span) => block::whole_lines(cx, *span).map_or(span.start, |lines| lines.start),
        None => text.len() as u32,
    })
}

fn statement_span(cx: &Context<'_>, id: StmtId) -> Span {
    let spans = &cx.module.spans;
    let own = spans.stmt(python::BodyId(0), id);
    let whole = match cx.module.bodies.list.first().map(|body| &body[id]) {
        Some(Stmt::Function(id)) => spans.functions.get(id.0 as usize),
        Some(Stmt::Class(id)) => spans.classes.get(id.0 as usize),
        _ => None,
    };
    whole.map_or(own, |whole| whole.cover(own))
}

/// Whether a top-level statement binds `name`, as far as order is concerned.
fn binds(cx: &Context<'_>, span: Span, name: &str) -> bool {
    let spans = &cx.module.spans;
    let definitions = &cx.module.definitions;
    let classes = definitions.classes.iter().zip(&spans.class_names).map(|(it, at)| (&it.name, it.scope, at));
    let functions =
        definitions.functions.iter().zip(&spans.function_names).map(|(it, at)| (&it.name, it.scope, at));
    let variables =
        definitions.variables.iter().zip(&spans.variables).map(|(it, at)| (&it.name, it.scope, at));
    let imports = cx
        .imports()
        .any(|view| view.import.bound_name() == Some(name) && span.contains(view.spans.statement));
    imports
        || classes
            .chain(functions)
            .chain(variables)
            .any(|(it, scope, at)| it == name && scope == python::Scope::Module && span.contains(*at))
}

/// The number of statements at the top: a docstring and imports, including guarded ones.
fn head_length(cx: &Context<'_>, root: &[StmtId]) -> usize {
    let Some(body) = cx.module.bodies.list.first() else { return 0 };
    let is_import = |id: &StmtId| matches!(&body[*id], Stmt::Import(_) | Stmt::Pass);
    let belongs = |(index, id): (usize, &StmtId)| match &body[*id] {
        Stmt::Import(_) => true,
        Stmt::Expr(expr) => index == 0 && matches!(&body[*expr], Expr::Literal(Literal::Str(_))),
        Stmt::If { body: then, orelse, .. } => then.iter().chain(orelse).all(is_import),
        Stmt::Try { body: tried, handlers, orelse, finally } => tried
            .iter()
            .chain(orelse)
            .chain(finally)
            .chain(handlers.iter().flat_map(|handler| handler.body.iter()))
            .all(is_import),
        _ => false,
    };
    root.iter().enumerate().take_while(|it| belongs(*it)).count()
}

/// The index of `if __name__ == "__main__":`, if that ends the module.
fn main_guard(cx: &Context<'_>, root: &[StmtId]) -> Option<usize> {
    let body = cx.module.bodies.list.first()?;
    let Stmt::If { test, .. } = &body[*root.last()?] else { return None };
    body.exprs.is_main_guard(*test).then_some(root.len() - 1)
}

/// The edit that inserts `block` before the line at `offset`, with the blank lines that belong around it.
pub(super) fn insertion(text: &str, offset: u32, block: &str, is_definition: bool, ending: &str) -> TextEdit {
    let (above, below) = text.split_at(offset as usize);
    let kept = above.trim_end_matches([' ', '\t', '\r', '\n']);
    let follows = below.trim_start_matches(['\r', '\n']);
    let next = follows.lines().find(|line| !line.starts_with('#')).unwrap_or_default();
    let last = kept.lines().next_back().unwrap_or_default();
    let after_definition = last.starts_with([' ', '\t']) && !is_import_tail(kept);
    let wide = |other: bool| ending.repeat(if is_definition || other { 3 } else { 2 });
    let before = if kept.is_empty() { String::new() } else { wide(after_definition) };
    let after = if follows.is_empty() { ending.to_owned() } else { wide(begins_definition(next)) };
    let span = Span::new(kept.len() as u32, (text.len() - follows.len()) as u32);
    TextEdit { span, insert: format!("{before}{}{after}", block.trim_end()) }
}

pub(super) fn begins_definition(line: &str) -> bool {
    ["def ", "class ", "async def ", "@"].iter().any(|start| line.starts_with(start))
}

/// Whether an indented last line belongs to `if TYPE_CHECKING:` or another guarded import.
fn is_import_tail(text: &str) -> bool {
    let last = text.lines().next_back().unwrap_or_default().trim_start();
    last.starts_with("import ") || last.starts_with("from ") || last == "pass"
}
