//! The edit that writes an ignore comment where it covers a finding: in an existing comment, at the end of the
//! statement's first line, or on a separate line above it if that line can take no comment (it ends in a backslash, or
//! inside a string).

use python::{Directive, DirectiveScope};
use rules::REASON_PLACEHOLDER;
use source::{Span, TextEdit, apply_edits};
use view::{Context, Finding};

/// An ignore comment to be written.
pub(super) struct Comment {
    pub(super) edit: TextEdit,
    /// The bytes of the inserted text that are the reason's placeholder; `None` if the comment existed.
    pub(super) reason: Option<Span>,
}

/// The comment that ignores `finding`. `None` if no comment would cover it.
pub(super) fn comment(cx: &Context<'_>, finding: &Finding) -> Option<Comment> {
    let edit = edit(cx, finding)?;
    let reason = edit.insert.find(REASON_PLACEHOLDER).map(|at| {
        let at = at as u32;
        Span::new(at, at + REASON_PLACEHOLDER.len() as u32)
    });
    Some(Comment { edit, reason })
}

fn edit(cx: &Context<'_>, finding: &Finding) -> Option<TextEdit> {
    let line = cx.text.line_at(statement_start(cx, finding));
    let candidates =
        [in_comment(cx, finding, line), at_end(cx, finding, line), Some(above(cx, finding, line))];
    candidates.into_iter().flatten().find(|edit| covers(cx, finding, edit))
}

/// The start of the import that the finding is about; otherwise the start of the finding.
fn statement_start(cx: &Context<'_>, finding: &Finding) -> u32 {
    let statements = cx.module.spans.imports.iter().map(|spans| spans.statement);
    statements
        .filter(|statement| statement.contains(finding.span))
        .map(|statement| statement.start)
        .max()
        .unwrap_or(finding.span.start)
}

/// Adds the rule to those of an existing comment on the line.
fn in_comment(cx: &Context<'_>, finding: &Finding, line: Span) -> Option<TextEdit> {
    let on_line = |directive: &&Directive| {
        matches!(directive.scope, DirectiveScope::Statement(_)) && line.contains(directive.span)
    };
    let (_, last) = cx.module.directives.iter().find(on_line)?.rules.last()?;
    Some(TextEdit { span: Span::new(last.end, last.end), insert: format!(", {}", finding.rule) })
}

/// Not after a backslash: it must be the last character of its line (and the parser is more lenient there than Python).
fn at_end(cx: &Context<'_>, finding: &Finding, line: Span) -> Option<TextEdit> {
    let insert = format!("  # architrave: ignore[{}] {REASON_PLACEHOLDER}", finding.rule);
    let is_continued = cx.text.slice(line).ends_with('\\');
    (!is_continued).then(|| TextEdit { span: Span::new(line.end, line.end), insert })
}

fn above(cx: &Context<'_>, finding: &Finding, line: Span) -> TextEdit {
    let text = cx.text.slice(line);
    let indentation = &text[..text.len() - text.trim_start().len()];
    let ending = cx.text.line_ending().as_str();
    let insert = format!("{indentation}# architrave: ignore[{}] {REASON_PLACEHOLDER}{ending}", finding.rule);
    TextEdit { span: Span::new(line.start, line.start), insert }
}

/// Whether a comment that names the rule covers the finding after the edit: decided by the parser, since a line alone
/// doesn't show whether its end is inside a string.
fn covers(cx: &Context<'_>, finding: &Finding, edit: &TextEdit) -> bool {
    let Some(text) = apply_edits(cx.text.as_str(), std::slice::from_ref(edit)) else { return false };
    let moved = if edit.span.start <= finding.span.start { edit.insert.len() as u32 } else { 0 };
    let start = finding.span.start + moved;
    let module = python::lower(&text, &python::parse(&text));
    module.directives.iter().any(|directive| {
        let reaches = match directive.scope {
            DirectiveScope::Statement(span) => span.start <= start && start < span.end,
            DirectiveScope::File => false,
        };
        reaches && directive.rules.iter().any(|(rule, _)| rule == finding.rule)
    })
}
