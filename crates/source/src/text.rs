//! The decoded text of one file, with its line index.

use std::sync::{Arc, OnceLock};

use camino::Utf8Path;
use line_index::LineIndex;

use crate::{FileSystem, Position, PositionEncoding, Span};

/// Files larger than this many bytes are said once and then left out.
pub const MAX_SIZE: u64 = 4 * 1024 * 1024;

/// Why a file has no text. Said once per file, never an error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unreadable {
    /// Larger than the limit; bytes.
    TooLarge(u64),
    /// A NUL byte within the first kilobytes: not text.
    Binary,
    /// Bytes that don't decode in the declared (or default) encoding; the encoding's name.
    Encoding(String),
    /// The file system's own words (permission denied, vanished, a folder).
    Io(String),
}

/// Which line ending a file uses; edits that add lines follow it.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub enum LineEnding {
    /// `\n`
    #[default]
    Lf,
    /// `\r\n`
    CrLf,
}

/// The decoded text of one file. Cheap to share.
#[derive(Debug, Default)]
pub struct Text {
    contents: Arc<str>,
    unreadable: Option<Unreadable>,
    lines: OnceLock<LineIndex>,
}

impl Text {
    /// The text of an editor's buffer.
    pub fn from_buffer(contents: Arc<str>) -> Self {
        Self { contents, ..Self::default() }
    }

    /// Reads and decodes `path`.
    pub fn read(_fs: &dyn FileSystem, _path: &Utf8Path) -> Self {
        Self::default()
    }

    /// The decoded text, without a byte-order mark.
    pub fn as_str(&self) -> &str {
        &self.contents
    }

    /// The shared text; its address is its identity (see the tree cache of crate `python`).
    pub fn shared(&self) -> &Arc<str> {
        &self.contents
    }

    /// Why there is no text, if so.
    pub fn unreadable(&self) -> Option<&Unreadable> {
        self.unreadable.as_ref()
    }

    /// The line index, built at first use.
    pub fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(&self.contents))
    }

    /// The place of a byte offset in the editor's units. An offset past the end is the end; one inside a character is its start.
    pub fn position(&self, _offset: u32, _encoding: PositionEncoding) -> Position {
        Position::default()
    }

    /// The byte offset of a place in the editor's units. Past the line's end is its end, past the last line the text's end.
    pub fn offset(&self, _position: Position, _encoding: PositionEncoding) -> u32 {
        0
    }

    /// The text of `span`, empty where the span lies outside.
    pub fn slice(&self, span: Span) -> &str {
        self.contents.get(span.start as usize..span.end as usize).unwrap_or_default()
    }
}
