//! The file system behind a trait: the disk, and a memory version for tests.

mod disk;
mod memory;

use std::io;

use camino::{Utf8Path, Utf8PathBuf};
pub use disk::DiskFileSystem;
pub use memory::MemoryFileSystem;

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
    /// Absolute path. Where the name is not UTF-8, a lossy version that opens nothing.
    pub path: Utf8PathBuf,
    /// File or folder; of a link, what it points to.
    pub kind: FileKind,
    /// Whether it is a symbolic link.
    pub is_link: bool,
    /// Whether the name is UTF-8; otherwise the file can be told of but not opened.
    pub is_utf8: bool,
}

/// The only door to files. Paths are absolute.
pub trait FileSystem: Send + Sync + std::fmt::Debug {
    /// Reads a file whole.
    ///
    /// # Errors
    /// As the file system says.
    fn read(&self, path: &Utf8Path) -> io::Result<Vec<u8>>;

    /// Writes a file whole, in place of what it held; folders above it that are missing are made.
    ///
    /// # Errors
    /// As the file system says.
    fn write(&self, path: &Utf8Path, contents: &[u8]) -> io::Result<()>;

    /// Gives a file or folder another path; folders above it that are missing are made.
    ///
    /// # Errors
    /// As the file system says; `AlreadyExists` where something lies there.
    fn rename(&self, from: &Utf8Path, to: &Utf8Path) -> io::Result<()>;

    /// What lies at `path`; links are followed.
    ///
    /// # Errors
    /// As the file system says; `NotFound` where nothing lies there.
    fn metadata(&self, path: &Utf8Path) -> io::Result<Metadata>;

    /// The entries of a folder, sorted by path.
    ///
    /// # Errors
    /// As the file system says.
    fn read_dir(&self, path: &Utf8Path) -> io::Result<Vec<DirEntry>>;

    /// The path without links.
    ///
    /// # Errors
    /// As the file system says; also for a path that is not UTF-8.
    fn real_path(&self, path: &Utf8Path) -> io::Result<Utf8PathBuf>;

    /// Whether this is the real disk, so that work on many files is worth several threads.
    fn is_disk(&self) -> bool {
        false
    }
}
