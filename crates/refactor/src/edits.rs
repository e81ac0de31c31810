//! What a fix or a refactoring changes: edits of files, and new ones.

use camino::Utf8PathBuf;
use source::{File, TextEdit};

/// What a fix changes.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Changes {
    /// Edits of files that there are, each file once.
    pub edits: Vec<FileEdit>,
    /// Files that are written.
    pub created: Vec<NewFile>,
    /// Edits of files that aren't Python, each file once.
    pub others: Vec<OtherEdit>,
    /// What else is to be known of it, in sentences without a full stop.
    pub notes: Vec<String>,
}

impl From<FileEdit> for Changes {
    fn from(edit: FileEdit) -> Self {
        Self { edits: vec![edit], ..Self::default() }
    }
}

/// Edits of a file that is no module of the project: configuration, a script, documentation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherEdit {
    /// Which; absolute.
    pub path: Utf8PathBuf,
    /// Its text, for which they were made.
    pub before: std::sync::Arc<str>,
    /// Not overlapping.
    pub edits: Vec<TextEdit>,
}

/// A file to be written where none is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFile {
    /// Where; absolute.
    pub path: Utf8PathBuf,
    /// What is in it.
    pub contents: String,
}

/// What whoever applies a fix can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Abilities {
    /// Write files that there aren't yet.
    pub create_files: bool,
}

impl Abilities {
    /// Whoever writes files itself.
    pub const ALL: Self = Self { create_files: true };
}

/// Edits of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileEdit {
    /// Which.
    pub file: File,
    /// Not overlapping.
    pub edits: Vec<TextEdit>,
}
