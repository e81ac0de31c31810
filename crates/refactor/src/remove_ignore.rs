//! Removes an ignore comment, or one rule of it.

use source::{Span, TextEdit};
use view::Context;

use super::lines::Lines;

/// The edits; `None` if the comment no longer exists.
pub(super) fn edits(cx: &Context<'_>, directive: u32, rule: Option<&str>) -> Option<Vec<TextEdit>> {
    let directive = cx.module.directives.get(directive as usize)?;
    let lines = Lines { text: cx.text.as_str() };
    let span = match rule {
        Some(rule) => {
            let at = directive.rules.iter().position(|(id, _)| id == rule)?;
            let (_, this) = directive.rules[at];
            match (
                directive.rules.get(at + 1),
                at.checked_sub(1).and_then(|before| directive.rules.get(before)),
            ) {
                (Some((_, next)), _) => Span::new(this.start, next.start),
                (None, Some((_, previous))) => Span::new(previous.end, this.end),
                (None, None) => comment(lines, directive.span),
            }
        }
        None => comment(lines, directive.span),
    };
    Some(vec![TextEdit { span, insert: String::new() }])
}

/// The comment with the blanks before it; the whole line if there is nothing else on it.
fn comment(lines: Lines<'_>, span: Span) -> Span {
    let before = lines.before(span.start);
    if before.trim().is_empty() && lines.after(span.end).trim().is_empty() {
        return Span::new(lines.start(span.start), lines.next(span.end));
    }
    Span::new(span.start - (before.len() - before.trim_end().len()) as u32, span.end)
}
