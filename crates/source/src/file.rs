//! Files in the database: an identity, and the source of the text.
#![allow(missing_docs, reason = "the database's macro writes setters without a word")]

use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use dashmap::DashMap;

/// A file that was seen at least once. Its identity survives deletion and recreation.
#[salsa::input(debug)]
pub struct File {
    /// Absolute, `/`-separated, without `.` or `..`.
    #[returns(ref)]
    pub path: Utf8PathBuf,
    /// The source of the text.
    #[returns(ref)]
    pub content: Content,
}

/// The source of a file's text at one revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// The file on disk, as it was when stamped. The text is read on demand.
    Disk(Stamp),
    /// An editor's buffer; the disk is irrelevant. Compared by text.
    Open(Arc<str>),
    /// The file doesn't exist (deleted, or never existed).
    Absent,
}

/// Distinguishes states of a file on disk without reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stamp {
    /// Modification time in nanoseconds since the epoch, 0 where unknown.
    pub modified: u128,
    /// Size in bytes.
    pub size: u64,
}

/// The registry from path to [`File`]: shared by all snapshots, filled by the only writer.
#[derive(Debug, Default, Clone)]
pub struct Files {
    by_path: Arc<DashMap<Utf8PathBuf, File>>,
}

impl Files {
    /// The file at `path`, if it was seen before.
    pub fn get(&self, path: &Utf8Path) -> Option<File> {
        self.by_path.get(path).map(|entry| *entry)
    }

    /// Registers `file` under `path`.
    pub fn insert(&self, path: Utf8PathBuf, file: File) {
        self.by_path.insert(path, file);
    }

    /// The number of files ever seen.
    pub fn len(&self) -> usize {
        self.by_path.len()
    }

    /// Whether no file was seen yet.
    pub fn is_empty(&self) -> bool {
        self.by_path.is_empty()
    }
}
