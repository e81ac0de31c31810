//! Edits of a text.

use serde::{Deserialize, Serialize};

use crate::Span;

/// Replace the bytes of `span` by `insert`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct TextEdit {
    /// The replaced range.
    pub span: Span,
    /// The replacement.
    pub insert: String,
}

/// Applies `edits`, which must not overlap, in any order. Returns `None` if they overlap, or are outside the text or
/// inside a character.
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn edit(start: u32, end: u32, insert: &str) -> TextEdit {
        TextEdit { span: Span::new(start, end), insert: insert.to_owned() }
    }

    #[test]
    fn table() {
        let cases: &[(&str, &[TextEdit], Option<&str>)] = &[
            ("abc", &[], Some("abc")),
            ("abc", &[edit(1, 2, "X")], Some("aXc")),
            ("abc", &[edit(2, 3, ""), edit(0, 1, "yy")], Some("yyb")),
            ("abc", &[edit(3, 3, "d")], Some("abcd")),
            // Touching edits are permitted, and two insertions at one position keep their order.
            ("abc", &[edit(0, 1, "x"), edit(1, 2, "y")], Some("xyc")),
            ("abc", &[edit(1, 1, "1"), edit(1, 1, "2")], Some("a12bc")),
            ("abc", &[edit(0, 2, "x"), edit(1, 3, "y")], None),
            ("abc", &[edit(2, 4, "")], None),
            ("abc", &[edit(9, 9, "")], None),
            ("abc", &[edit(2, 1, "")], None),
            ("\u{e4}", &[edit(1, 2, "")], None),
            ("\u{e4}", &[edit(0, 1, "")], None),
        ];
        for (text, edits, expected) in cases {
            assert_eq!(apply_edits(text, edits).as_deref(), *expected, "{text} {edits:?}");
        }
    }

    proptest! {
        /// Applying edits one by one from the back has the same result as applying all at once, in any order.
        #[test]
        fn all_at_once_is_one_by_one(text in "[a-z\u{e4}\u{1f600}]{0,20}", cuts in proptest::collection::vec((0u32..90, "[A-Z]{0,3}"), 0..6)) {
            let mut places: Vec<u32> = text.char_indices().map(|(at, _)| at as u32).filter(|at| cuts.iter().any(|(cut, _)| cut % 20 == *at % 20)).collect();
            places.sort_unstable();
            places.dedup();
            let edits: Vec<TextEdit> =
                places.chunks_exact(2).zip(&cuts).map(|(pair, (_, insert))| edit(pair[0], pair[1], insert)).collect();
            let mut expected = text.clone();
            for edit in edits.iter().rev() {
                expected.replace_range(edit.span.start as usize..edit.span.end as usize, &edit.insert);
            }
            let backwards: Vec<TextEdit> = edits.iter().rev().cloned().collect();
            prop_assert_eq!(apply_edits(&text, &edits), Some(expected.clone()));
            prop_assert_eq!(apply_edits(&text, &backwards), Some(expected));
        }

        #[test]
        fn any_edits_end(text in "[a-z\u{e4}]{0,9}", spans in proptest::collection::vec((0u32..12, 0u32..12), 0..5)) {
            let edits: Vec<TextEdit> = spans.iter().map(|(start, end)| edit(*start, *end, "\u{e4}")).collect();
            let _ = apply_edits(&text, &edits);
        }
    }
}
