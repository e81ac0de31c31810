//! Blank lines that removed imports leave behind at the top of a module.

use source::{Span, TextEdit};
use view::Context;

use crate::head;
use crate::lines::Lines;

/// The edits that remove superfluous blank lines: one separates imports, two separate them from what follows, none
/// comes first. Empty if the module wasn't formatted like that before.
pub(super) fn edits(before: &Context<'_>, after: &Context<'_>) -> Vec<TextEdit> {
    if before.text.as_str() == after.text.as_str() || !gaps(before).is_empty() {
        return Vec::new();
    }
    gaps(after)
}

/// The runs of blank lines that are too long.
fn gaps(cx: &Context<'_>) -> Vec<TextEdit> {
    let text = cx.text.as_str();
    let lines = Lines { text };
    let first = text.len() - text.trim_start_matches(['\r', '\n']).len();
    let mut edits = Vec::new();
    if first > 0 && first < text.len() {
        edits.push(TextEdit { span: Span::new(0, first as u32), insert: String::new() });
    }
    let head = head::statements(cx);
    for (index, statement) in head.iter().enumerate() {
        let start = lines.next(statement.span.end);
        let rest = text.get(start as usize..).unwrap_or_default();
        let blank = rest.len() - rest.trim_start_matches(['\r', '\n']).len();
        let count = rest[..blank].matches('\n').count();
        let is_last = index + 1 == head.len();
        let most = if is_last { 2 } else { 1 };
        if count > most && blank < rest.len() {
            let span = Span::new(start, start + blank as u32);
            edits.push(TextEdit { span, insert: lines.ending().repeat(most) });
        }
    }
    edits
}
