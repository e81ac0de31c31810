//! Files as the database knows them: an identity, and what decides the text.
#![allow(missing_docs, reason = "the database's macro writes setters without a word")]

use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use dashmap::DashMap;

/// A file that was seen at least once. Its identity survives deletion and return.
#[salsa::input(debug)]
pub struct File {
    /// Absolute, `/`-separated, without `.` or `..`.
    #[returns(ref)]
    pub path: Utf8PathBuf,
    /// What decides the text.
    #[returns(ref)]
    pub content: Content,
}

/// What decides the text of a file at one revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// The file on disk, as it was when stamped. The text is read when it is asked for.
    Disk(Stamp),
    /// An editor's buffer; the disk doesn't matter. Compared by text.
    Open(Arc<str>),
    /// Not there (deleted, or never was).
    Absent,
}

/// What tells one state of a file on disk from another, without reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stamp {
    /// Modification time in nanoseconds since the epoch, 0 where unknown.
    pub modified: u128,
    /// Size in bytes.
    pub size: u64,
}

/// The registry from path to [`File`]: shared by all snapshots, filled by the one writer.
#[derive(Debug, Default, Clone)]
pub struct Files {
    by_path: Arc<DashMap<Utf8PathBuf, File>>,
}

impl Files {
    /// The file at `path`, when it was seen before.
    pub fn get(&self, path: &Utf8Path) -> Option<File> {
        self.by_path.get(path).map(|entry| *entry)
    }

    /// Remembers `file` under `path`.
    pub fn insert(&self, path: Utf8PathBuf, file: File) {
        self.by_path.insert(path, file);
    }

    /// How many files were ever seen.
    pub fn len(&self) -> usize {
        self.by_path.len()
    }

    /// Whether no file was seen yet.
    pub fn is_empty(&self) -> bool {
        self.by_path.is_empty()
    }
}
