//! Edits of a text.

use serde::{Deserialize, Serialize};

use crate::Span;

/// Replace the bytes of `span` by `insert`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct TextEdit {
    /// What goes.
    pub span: Span,
    /// What comes.
    pub insert: String,
}

/// `text` after `edits`, which must not overlap; they may come in any order.
/// Returns `None` where they overlap or lie outside the text or inside a character.
pub fn apply_edits(text: &str, edits: &[TextEdit]) -> Option<String> {
    let mut sorted: Vec<&TextEdit> = edits.iter().collect();
    sorted.sort_by_key(|edit| (edit.span.start, edit.span.end));
    let mut out = String::with_capacity(text.len());
    let mut at = 0usize;
    for edit in sorted {
        let (start, end) = (edit.span.start as usize, edit.span.end as usize);
        if start < at || end < start {
            return None;
        }
        out.push_str(text.get(at..start)?);
        text.get(start..end)?;
        out.push_str(&edit.insert);
        at = end;
    }
    out.push_str(text.get(at..)?);
    Some(out)
}
