//! The changes of a fix or a refactoring: edits of files, and new files.

use camino::Utf8PathBuf;
use source::{File, TextEdit};

/// The changes of a fix.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Changes {
    /// Edits of existing files, each file once.
    pub edits: Vec<FileEdit>,
    /// Files to create.
    pub created: Vec<NewFile>,
    /// Edits of files that aren't Python, each file once.
    pub others: Vec<OtherEdit>,
    /// Additional notes, in sentences without a full stop.
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
    /// The absolute path.
    pub path: Utf8PathBuf,
    /// The text that the edits apply to.
    pub before: std::sync::Arc<str>,
    /// Not overlapping.
    pub edits: Vec<TextEdit>,
}

/// A file to be created.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFile {
    /// The absolute path.
    pub path: Utf8PathBuf,
    /// Its contents.
    pub contents: String,
}

/// The capabilities of the client that applies a fix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Abilities {
    /// Creating files.
    pub create_files: bool,
}

impl Abilities {
    /// For a client that writes files itself.
    pub const ALL: Self = Self { create_files: true };
}

/// Edits of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileEdit {
    /// The file.
    pub file: File,
    /// Not overlapping.
    pub edits: Vec<TextEdit>,
}
