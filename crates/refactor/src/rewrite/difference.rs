//! From two texts to the edits between them.

use dissimilar::Chunk;
use source::{Span, TextEdit};

/// The edits that turn `before` into `after`, in order, none touching another (Myers, "An O(ND) Difference Algorithm",
/// 1986).
pub(crate) fn edits_between(before: &str, after: &str) -> Vec<TextEdit> {
    let mut edits: Vec<TextEdit> = Vec::new();
    let mut at = 0_u32;
    for chunk in dissimilar::diff(before, after) {
        let (span, insert) = match chunk {
            Chunk::Equal(text) => {
                at += text.len() as u32;
                continue;
            }
            Chunk::Delete(text) => (Span::new(at, at + text.len() as u32), ""),
            Chunk::Insert(text) => (Span::new(at, at), text),
        };
        match edits.last_mut() {
            Some(last) if last.span.end == span.start => {
                last.span.end = span.end;
                last.insert.push_str(insert);
            }
            _ => edits.push(TextEdit { span, insert: insert.to_owned() }),
        }
        at = span.end;
    }
    edits
}
