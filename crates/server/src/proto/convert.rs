//! Positions and edits.

use source::{PositionEncoding, Span, Text};
use workspace::BufferEdit;

use tower_lsp::ls_types::{Position, Range, TextDocumentContentChangeEvent};

/// An editor's position as one of ours.
pub(crate) fn position(position: Position) -> source::Position {
    source::Position { line: position.line, column: position.character }
}

fn of_position(position: source::Position) -> Position {
    Position { line: position.line, character: position.column }
}

/// Bytes as a range.
pub(crate) fn range_of_span(text: &Text, span: Span, encoding: PositionEncoding) -> Range {
    Range {
        start: of_position(text.position(span.start, encoding)),
        end: of_position(text.position(span.end, encoding)),
    }
}

/// A range as bytes.
pub(crate) fn range(text: &Text, range: Range, encoding: PositionEncoding) -> Span {
    let start = text.offset(position(range.start), encoding);
    Span::new(start, text.offset(position(range.end), encoding).max(start))
}

/// The edits of a `didChange`.
pub(crate) fn changes(changes: Vec<TextDocumentContentChangeEvent>) -> Vec<BufferEdit> {
    changes
        .into_iter()
        .map(|change| BufferEdit {
            range: change.range.map(|range| (position(range.start), position(range.end))),
            text: change.text,
        })
        .collect()
}
