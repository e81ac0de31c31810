//! Docstrings, comments, and strings that contain more than a dotted name: `"shop.tasks.*"`, `"shop = shop.cli:main"`.

use model::PathRole;
use python::{Expr, Literal, Stmt};
use source::{Span, TextEdit};
use view::Context;

use super::texts::Texts;

/// Longer strings are prose.
const MOST: usize = 400;

/// The edits of a module's docstrings, comments and such strings.
pub(super) fn edits(cx: &Context<'_>, texts: &Texts<'_>) -> Vec<TextEdit> {
    let text = cx.text.as_str();
    if !texts.names.iter().any(|(_, name)| text.contains(name.as_str())) {
        return Vec::new();
    }
    let mut edits: Vec<TextEdit> = Vec::new();
    for span in strings(cx).into_iter().chain(comments(text)) {
        let found = texts.names_in(cx.text.slice(span));
        edits.extend(found.into_iter().map(|edit| TextEdit {
            span: Span::new(edit.span.start + span.start, edit.span.end + span.start),
            insert: edit.insert,
        }));
    }
    edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
    edits.dedup();
    edits
}

/// The spans of docstrings, and of strings that contain a name among other text.
fn strings(cx: &Context<'_>) -> Vec<Span> {
    let mut found = Vec::new();
    // Tests repeat program output: names of loggers, of classes in messages.
    let is_test = cx.role() == PathRole::Tests;
    for (body, spans) in cx.module.bodies.list.iter().zip(&cx.module.spans.bodies) {
        for stmt in &body.stmts {
            if let Stmt::Expr(expr) = stmt
                && matches!(&body[*expr], Expr::Literal(Literal::Str(_)))
            {
                found.extend(spans.exprs.get(expr.0 as usize));
            }
        }
        for (expr, span) in body.exprs.list.iter().zip(&spans.exprs) {
            if let Expr::Literal(Literal::Str(value)) = expr
                && (is_reference(value) || is_test && value.len() <= MOST)
            {
                found.push(*span);
            }
        }
    }
    found
}

/// Whether a string is a pattern of dotted names, an entry point or a warnings filter.
fn is_reference(value: &str) -> bool {
    value.len() <= MOST
        && (value.ends_with(".*")
            || value.ends_with(".**")
            || value.contains("::")
            || value.contains('=') && value.contains(':'))
}

/// Lines that are entirely comments. A `#` within a string does no harm: a name in it is a name.
fn comments(text: &str) -> Vec<Span> {
    let mut start = 0;
    let mut found = Vec::new();
    for line in text.split_inclusive('\n') {
        let end = start + line.len();
        if line.trim_start().starts_with('#') {
            found.push(Span::new(start as u32, end as u32));
        }
        start = end;
    }
    found
}
