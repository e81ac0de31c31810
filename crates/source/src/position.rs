//! Places as editors count them.

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
