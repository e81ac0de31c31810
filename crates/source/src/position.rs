//! Positions as editors count them, and conversions to and from byte offsets.
//!
//! Lines end at `\n`, `\r\n` or `\r`, as in LSP 3.17 ("Text Documents") and Python's tokenizer. The two characters of
//! `\r\n` are one line break: an offset between them is the position before both. All inputs are clamped to the text,
//! so nothing here can fail.

use line_index::{LineCol, LineIndex, TextSize, WideEncoding, WideLineCol};

use crate::{Span, Text};

/// Zero-based line and column. The column counts code units of a [`PositionEncoding`].
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// Zero-based line.
    pub line: u32,
    /// Zero-based column, in code units.
    pub column: u32,
}

/// The unit of a column (LSP 3.17, `positionEncoding`).
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PositionEncoding {
    /// Bytes.
    Utf8,
    /// The protocol's default.
    #[default]
    Utf16,
    /// Characters.
    Utf32,
}

impl PositionEncoding {
    fn wide(self) -> Option<WideEncoding> {
        match self {
            PositionEncoding::Utf8 => None,
            PositionEncoding::Utf16 => Some(WideEncoding::Utf16),
            PositionEncoding::Utf32 => Some(WideEncoding::Utf32),
        }
    }
}

/// The index of `text`. The index knows only `\n`; a lone `\r`, which is rare, is passed to it as `\n`, which doesn't
/// shift offsets.
pub(crate) fn index(text: &str) -> LineIndex {
    // Offsets are 32 bits wide; only a buffer of 4 GB could be longer.
    let text = &text[..floor_character(text, u32::MAX as usize - 1)];
    let bytes = text.as_bytes();
    let is_lone = |at: usize| bytes[at] == b'\r' && bytes.get(at + 1) != Some(&b'\n');
    if (0..bytes.len()).any(is_lone) {
        let shown: String =
            text.char_indices().map(|(at, c)| if c == '\r' && is_lone(at) { '\n' } else { c }).collect();
        LineIndex::new(&shown)
    } else {
        LineIndex::new(text)
    }
}

/// The nearest character boundary at or before `at`.
fn floor_character(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

impl Text {
    /// The position of a byte offset in the editor's units. An offset past the end is clamped to the end; one inside a
    /// character to its start; one inside `\r\n` to the position before it.
    pub fn position(&self, offset: u32, encoding: PositionEncoding) -> Position {
        let index = self.lines();
        let offset = self.floor(offset);
        // The offset is at a character boundary within the text, which is all that the index requires.
        let Some(place) = index.try_line_col(TextSize::from(offset)) else { return Position::default() };
        let column = match encoding.wide() {
            None => place.col,
            Some(wide) => index.to_wide(wide, place).map_or(place.col, |place| place.col),
        };
        Position { line: place.line, column }
    }

    /// The byte offset of a position in the editor's units. A column past the end of the line is clamped to the end
    /// (before the line break), a line past the last one to the end of the text, and a position inside a character (a
    /// surrogate pair) to its start.
    pub fn offset(&self, position: Position, encoding: PositionEncoding) -> u32 {
        let index = self.lines();
        let Some(line) = self.line(position.line) else { return self.len() };
        let column = match encoding.wide() {
            None => Some(LineCol { line: position.line, col: position.column }),
            Some(wide) => index.to_utf8(wide, WideLineCol { line: position.line, col: position.column }),
        };
        let column = column.map_or(u32::MAX, |place| place.col);
        self.floor(line.start.saturating_add(column).min(line.end))
    }

    /// The bytes of a zero-based line without its line break; `None` past the last line.
    pub fn line(&self, line: u32) -> Option<Span> {
        // The index adds one to the line.
        let range = self.lines().line(line.min(u32::MAX - 1))?;
        let (start, end) = (u32::from(range.start()), u32::from(range.end()));
        let whole = self.slice(Span::new(start, end));
        let content =
            whole.strip_suffix("\r\n").or_else(|| whole.strip_suffix(['\n', '\r'])).unwrap_or(whole);
        Some(Span::new(start, start + content.len() as u32))
    }

    /// The bytes of the line that contains `offset`, without its line break.
    pub fn line_at(&self, offset: u32) -> Span {
        self.line(self.position(offset, PositionEncoding::Utf8).line).unwrap_or_default()
    }

    /// Length in bytes.
    pub fn len(&self) -> u32 {
        self.lines().len().into()
    }

    /// Whether the text is empty.
    pub fn is_empty(&self) -> bool {
        self.as_str().is_empty()
    }

    /// The nearest offset at or before `offset` that isn't inside a character or `\r\n`.
    fn floor(&self, offset: u32) -> u32 {
        let text = self.as_str();
        let at = floor_character(text, offset.min(self.len()) as usize);
        let inside_break = text[..at].ends_with('\r') && text[at..].starts_with('\n');
        (at - usize::from(inside_break)) as u32
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ENCODINGS: [PositionEncoding; 3] =
        [PositionEncoding::Utf8, PositionEncoding::Utf16, PositionEncoding::Utf32];

    fn text(contents: &str) -> Text {
        Text::from_buffer(contents.into())
    }

    #[test]
    fn columns_by_encoding() {
        // One, two, three and four bytes; one, one, one and two UTF-16 units.
        let text = text("a\u{e4}\u{3042}\u{1f600}b\nc");
        let table = [
            (0, (0, 0), (0, 0), (0, 0)),
            (1, (0, 1), (0, 1), (0, 1)),
            (3, (0, 3), (0, 2), (0, 2)),
            (6, (0, 6), (0, 3), (0, 3)),
            (10, (0, 10), (0, 5), (0, 4)),
            (11, (0, 11), (0, 6), (0, 5)),
            (12, (1, 0), (1, 0), (1, 0)),
            (13, (1, 1), (1, 1), (1, 1)),
        ];
        for (offset, utf8, utf16, utf32) in table {
            for (encoding, (line, column)) in ENCODINGS.into_iter().zip([utf8, utf16, utf32]) {
                let position = Position { line, column };
                assert_eq!(text.position(offset, encoding), position, "{offset} {encoding:?}");
                assert_eq!(text.offset(position, encoding), offset, "{offset} {encoding:?}");
            }
        }
    }

    #[test]
    fn places_that_are_none() {
        let text = text("a\u{1f600}\r\nb\rc\n");
        let (utf8, utf16, utf32) = (PositionEncoding::Utf8, PositionEncoding::Utf16, PositionEncoding::Utf32);
        // Offsets: inside a character, inside `\r\n`, past the end.
        let inside = [(3, (0, 1)), (6, (0, 5)), (11, (3, 0)), (99, (3, 0)), (u32::MAX, (3, 0))];
        for (offset, (line, column)) in inside {
            assert_eq!(text.position(offset, utf8), Position { line, column }, "{offset}");
        }
        // Positions: inside a surrogate pair, past the end of the line, past the last line.
        let outside = [
            (utf16, (0, 2), 1),
            (utf8, (0, 3), 1),
            (utf16, (0, 4), 5),
            (utf32, (0, 9), 5),
            (utf8, (0, u32::MAX), 5),
            (utf16, (0, u32::MAX), 5),
            (utf32, (1, 7), 8),
            (utf32, (3, 7), 11),
            (utf32, (4, 0), 11),
            (utf16, (u32::MAX, u32::MAX), 11),
        ];
        for (encoding, (line, column), offset) in outside {
            assert_eq!(
                text.offset(Position { line, column }, encoding),
                offset,
                "{line}:{column} {encoding:?}"
            );
        }
    }

    #[test]
    fn lines_of_all_endings() {
        let text = text("a\nb\r\nc\rd\r\r\n\n");
        let lines: Vec<&str> = (0..).map_while(|line| text.line(line)).map(|span| text.slice(span)).collect();
        assert_eq!(lines, ["a", "b", "c", "d", "", "", ""]);
        assert_eq!(text.slice(text.line_at(4)), "b");
        assert_eq!(text.line_at(99), Span::new(12, 12));
    }

    fn contents() -> impl Strategy<Value = String> {
        proptest::collection::vec(
            prop_oneof!["[a-z ]{1,4}", "\n", "\r\n", "\r", "\u{e4}", "\u{3042}", "\u{1f600}"],
            0..24,
        )
        .prop_map(|parts| parts.concat())
    }

    proptest! {
        #[test]
        fn round_trip(contents in contents()) {
            let text = text(&contents);
            for (offset, _) in contents.char_indices().chain([(contents.len(), ' ')]) {
                let between = contents[..offset].ends_with('\r') && contents[offset..].starts_with('\n');
                for encoding in ENCODINGS {
                    let back = text.offset(text.position(offset as u32, encoding), encoding);
                    prop_assert_eq!(back as usize, offset - usize::from(between));
                }
            }
        }

        #[test]
        fn the_column_counts_units(contents in contents()) {
            let text = text(&contents);
            for line in 0.. {
                let Some(span) = text.line(line) else { break };
                let content = text.slice(span);
                prop_assert!(!content.contains(['\n', '\r']));
                let [utf8, utf16, utf32] = ENCODINGS.map(|encoding| text.position(span.end, encoding));
                prop_assert_eq!(utf8, Position { line, column: content.len() as u32 });
                prop_assert_eq!(utf16, Position { line, column: content.encode_utf16().count() as u32 });
                prop_assert_eq!(utf32, Position { line, column: content.chars().count() as u32 });
            }
        }

        #[test]
        fn order_is_kept_and_nothing_panics(contents in contents(), a: (u8, u8), b: (u8, u8), wild: (u32, u32)) {
            let text = text(&contents);
            for encoding in ENCODINGS {
                let mut last = Position::default();
                for offset in 0..=text.len() + 2 {
                    let position = text.position(offset, encoding);
                    prop_assert!(last <= position);
                    last = position;
                }
                let place = |(line, column): (u8, u8)| Position { line: u32::from(line % 16), column: u32::from(column % 32) };
                let (first, second) = (place(a).min(place(b)), place(a).max(place(b)));
                prop_assert!(text.offset(first, encoding) <= text.offset(second, encoding));
                let offset = text.offset(Position { line: wild.0, column: wild.1 }, encoding);
                prop_assert!(contents.is_char_boundary(offset as usize));
                text.position(wild.0, encoding);
            }
        }
    }
}
