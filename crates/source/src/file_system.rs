//! The file system behind a trait: the disk, and a memory version for tests.

use std::collections::BTreeMap;
use std::io;
use std::sync::RwLock;

use camino::{Utf8Path, Utf8PathBuf};

use crate::Stamp;

/// What lies at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// A regular file (or a link to one).
    File,
    /// A folder (or a link to one).
    Folder,
    /// A socket, a device, a broken link.
    Other,
}

/// What is known of a path without reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Metadata {
    /// File or folder.
    pub kind: FileKind,
    /// Modification time and size.
    pub stamp: Stamp,
}

/// One entry of a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DirEntry {
    /// Absolute path.
    pub path: Utf8PathBuf,
    /// File or folder.
    pub kind: FileKind,
}

/// The only door to files. Paths are absolute.
pub trait FileSystem: Send + Sync + std::fmt::Debug {
    /// Reads a file whole.
    ///
    /// # Errors
    /// As the file system says.
    fn read(&self, path: &Utf8Path) -> io::Result<Vec<u8>>;

    /// What lies at `path`.
    ///
    /// # Errors
    /// As the file system says; `NotFound` where nothing lies there.
    fn metadata(&self, path: &Utf8Path) -> io::Result<Metadata>;

    /// The entries of a folder, sorted by path.
    ///
    /// # Errors
    /// As the file system says.
    fn read_dir(&self, path: &Utf8Path) -> io::Result<Vec<DirEntry>>;

    /// Whether this is the real disk, so that fast paths made for it (parallel walking) may be taken.
    fn is_disk(&self) -> bool {
        false
    }
}

/// The real disk.
#[derive(Debug, Default, Clone, Copy)]
pub struct DiskFileSystem;

/// Files in memory, for tests.
#[derive(Debug, Default)]
pub struct MemoryFileSystem {
    files: RwLock<BTreeMap<Utf8PathBuf, (Vec<u8>, u128)>>,
}
