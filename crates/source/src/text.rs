//! The decoded text of one file, with its line index.

use std::sync::{Arc, OnceLock};

use camino::Utf8Path;
use line_index::LineIndex;

use crate::decode::{Form, decode};
use crate::{FileKind, FileSystem, Span};

/// Files larger than this many bytes are reported once and then ignored.
pub const MAX_SIZE: u64 = 4 * 1024 * 1024;

/// Why a file couldn't be read, entirely or as intended. Reported once per file, never as an error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unreadable {
    /// Larger than the limit, with the size in bytes. The text is empty.
    TooLarge(u64),
    /// A NUL byte within the first kilobytes: not text. The text is empty.
    Binary,
    /// Bytes that can't be decoded in the declared (or default) encoding, with the name of the encoding. The text is
    /// present nevertheless, decoded as Latin-1, so that analysis can continue.
    Encoding(String),
    /// The error message of the file system (permission denied, vanished, a folder). The text is empty.
    Io(String),
}

impl std::fmt::Display for Unreadable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Unreadable::TooLarge(bytes) => {
                write!(f, "larger than {} MB ({bytes} bytes), left out", MAX_SIZE / 1024 / 1024)
            }
            Unreadable::Binary => f.write_str("not text, left out"),
            Unreadable::Encoding(name) => write!(f, "not valid {name}, read as latin-1"),
            Unreadable::Io(words) => f.write_str(words),
        }
    }
}

/// The line ending that a file uses; edits that add lines use the same.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub enum LineEnding {
    /// `\n`
    #[default]
    Lf,
    /// `\r\n`
    CrLf,
}

impl LineEnding {
    /// The characters.
    pub const fn as_str(self) -> &'static str {
        match self {
            LineEnding::Lf => "\n",
            LineEnding::CrLf => "\r\n",
        }
    }
}

/// The decoded text of one file. Cheap to share.
#[derive(Debug, Default)]
pub struct Text {
    contents: Arc<str>,
    form: Form,
    unreadable: Option<Unreadable>,
    lines: OnceLock<LineIndex>,
}

impl Text {
    /// The text of an editor's buffer, of any size.
    pub fn from_buffer(contents: Arc<str>) -> Self {
        Self { contents, ..Self::default() }
    }

    /// An empty text with a reason.
    pub(crate) fn without(unreadable: Unreadable) -> Self {
        Self { unreadable: Some(unreadable), ..Self::default() }
    }

    /// Reads and decodes `path`. The metadata is checked first: a pipe would never end, and a file that is too large
    /// would be read in vain.
    pub fn read(fs: &dyn FileSystem, path: &Utf8Path) -> Self {
        let bytes = fs.metadata(path).and_then(|metadata| match metadata.kind {
            FileKind::File if metadata.stamp.size > MAX_SIZE => Ok(Err(metadata.stamp.size)),
            FileKind::File => fs.read(path).map(Ok),
            FileKind::Folder => Err(std::io::Error::other("is a folder")),
            FileKind::Other => Err(std::io::Error::other("is no regular file")),
        });
        match bytes {
            Ok(Ok(bytes)) => {
                let decoded = decode(bytes);
                Self {
                    contents: decoded.text.into(),
                    form: decoded.form,
                    unreadable: decoded.unreadable,
                    lines: OnceLock::new(),
                }
            }
            Ok(Err(size)) => Self::without(Unreadable::TooLarge(size)),
            Err(error) => Self::without(Unreadable::Io(error.to_string())),
        }
    }

    /// The decoded text, without a byte-order mark. Line endings are as in the file.
    pub fn as_str(&self) -> &str {
        &self.contents
    }

    /// The shared text; its address is its identity (see the tree cache in the `python` crate).
    pub fn shared(&self) -> &Arc<str> {
        &self.contents
    }

    /// What was wrong with the file, if anything.
    pub fn unreadable(&self) -> Option<&Unreadable> {
        self.unreadable.as_ref()
    }

    /// Encodes `contents`, a changed version of this text, in the file's own encoding, including a byte-order mark.
    /// `None` if the encoding lacks a character, or if this is not the file's complete text (binary, too large), so
    /// that writing never destroys anything.
    pub fn encode(&self, contents: &str) -> Option<Vec<u8>> {
        match self.unreadable {
            None | Some(Unreadable::Encoding(_)) => self.form.encode(contents),
            Some(Unreadable::TooLarge(_) | Unreadable::Binary | Unreadable::Io(_)) => None,
        }
    }

    /// The line ending of the first line; `\n` for a text of one line.
    pub fn line_ending(&self) -> LineEnding {
        match self.contents.find('\n') {
            Some(at) if self.contents[..at].ends_with('\r') => LineEnding::CrLf,
            _ => LineEnding::Lf,
        }
    }

    /// The line index, built on first use. A lone `\r` ends a line too, as in the protocol and in Python.
    pub fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| crate::position::index(&self.contents))
    }

    /// The text of `span`; empty if the span is out of range.
    pub fn slice(&self, span: Span) -> &str {
        self.contents.get(span.start as usize..span.end as usize).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::MemoryFileSystem;

    #[test]
    fn what_cannot_be_read_is_said() {
        let fs = MemoryFileSystem::default();
        fs.insert("/p/large.py", vec![b'#'; MAX_SIZE as usize + 1]);
        fs.insert("/p/limit.py", vec![b'#'; MAX_SIZE as usize]);
        fs.insert("/p/binary.py", "\0");
        fs.insert("/p/folder.py/inside.py", "");
        fs.insert("/p/denied.py", "x = 1");
        fs.deny("/p/denied.py");
        let cases = [
            ("/p/large.py", Some(Unreadable::TooLarge(MAX_SIZE + 1))),
            ("/p/limit.py", None),
            ("/p/binary.py", Some(Unreadable::Binary)),
            ("/p/folder.py", Some(Unreadable::Io("is a folder".to_owned()))),
            ("/p/denied.py", Some(Unreadable::Io("permission denied".to_owned()))),
            ("/p/vanished.py", Some(Unreadable::Io("entity not found".to_owned()))),
        ];
        for (path, expected) in cases {
            let text = Text::read(&fs, path.into());
            assert_eq!(text.unreadable(), expected.as_ref(), "{path}");
            assert_eq!(text.as_str().is_empty(), expected.is_some(), "{path}");
            assert_eq!(text.encode("").is_none(), expected.is_some(), "{path}");
        }
    }

    #[test]
    fn line_endings() {
        let cases = [
            ("", LineEnding::Lf),
            ("x", LineEnding::Lf),
            ("x\ny\r\n", LineEnding::Lf),
            ("x\r\ny\n", LineEnding::CrLf),
            ("\r\n", LineEnding::CrLf),
            ("x\ry", LineEnding::Lf),
        ];
        for (text, expected) in cases {
            assert_eq!(Text::from_buffer(text.into()).line_ending(), expected, "{text:?}");
        }
    }

    #[test]
    fn slices_outside_are_empty() {
        let text = Text::from_buffer("a\u{e4}".into());
        assert_eq!(text.slice(Span::new(1, 3)), "\u{e4}");
        for (start, end) in [(0, 9), (2, 3), (3, 1), (8, 9)] {
            assert_eq!(text.slice(Span::new(start, end)), "");
        }
    }
}
