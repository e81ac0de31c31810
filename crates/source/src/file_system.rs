//! The file system behind a trait: the disk, and a memory version for tests.

mod disk;
mod lock;
mod memory;
mod overlay;

use std::io;

use camino::{Utf8Path, Utf8PathBuf};
pub use disk::DiskFileSystem;
pub use lock::Lock;
pub use memory::MemoryFileSystem;
pub use overlay::OverlayFileSystem;

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

    /// Reads `length` bytes of a file from its byte `start` on.
    ///
    /// # Errors
    /// As the file system says; `UnexpectedEof` where the file is shorter.
    fn read_range(&self, path: &Utf8Path, start: u64, length: usize) -> io::Result<Vec<u8>> {
        let bytes = self.read(path)?;
        let start = usize::try_from(start).unwrap_or(usize::MAX);
        let range = bytes.get(start..start.saturating_add(length));
        range.map(<[u8]>::to_vec).ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
    }

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

    /// Whether a link is at `path`, whatever it leads to.
    ///
    /// # Errors
    /// As the file system says; `NotFound` where nothing is there, not even a link that leads nowhere.
    fn is_link(&self, path: &Utf8Path) -> io::Result<bool>;

    /// Whether this is the real disk, so that work on many files is worth several threads.
    fn is_disk(&self) -> bool {
        false
    }

    // What follows writes. Only a [`Transaction`](crate::Transaction) calls it.

    /// Whether a file may be written to, without touching it.
    ///
    /// # Errors
    /// `PermissionDenied` where this user may not write to it; else as the file system says.
    fn check_writable(&self, path: &Utf8Path) -> io::Result<()>;

    /// Creates a file where nothing is. With `like` it gets the permissions and, where possible, the owner of that file.
    /// A failure can leave a part of the file behind.
    ///
    /// # Errors
    /// As the file system says; `AlreadyExists` where something is there.
    fn create(&self, path: &Utf8Path, contents: &[u8], like: Option<&Utf8Path>) -> io::Result<()>;

    /// Creates a folder.
    ///
    /// # Errors
    /// As the file system says; `AlreadyExists` where something is there.
    fn create_folder(&self, path: &Utf8Path) -> io::Result<()>;

    /// Gives two files of one folder each other's name. Whoever opens one of the names gets one file or the other, at any
    /// moment.
    ///
    /// # Errors
    /// As the file system says.
    fn exchange(&self, a: &Utf8Path, b: &Utf8Path) -> io::Result<()>;

    /// Gives a file or folder another path, where nothing is.
    ///
    /// # Errors
    /// As the file system says; `AlreadyExists` where something is there.
    fn rename(&self, from: &Utf8Path, to: &Utf8Path) -> io::Result<()>;

    /// Removes a file, or a folder that is empty.
    ///
    /// # Errors
    /// As the file system says.
    fn remove(&self, path: &Utf8Path) -> io::Result<()>;

    /// Waits until a file, or the names in a folder, would survive a power cut.
    ///
    /// # Errors
    /// As the file system says.
    fn sync(&self, path: &Utf8Path) -> io::Result<()>;

    /// Locks by a file that all who write agree on; nothing where another process holds the lock. It ends with its holder,
    /// however that ends.
    ///
    /// # Errors
    /// As the file system says.
    fn try_lock(&self, path: &Utf8Path) -> io::Result<Option<Lock>>;
}

/// Where a file system that can't exchange two files puts the second one while it exchanges it with `path`.
pub(crate) fn aside(path: &Utf8Path) -> Utf8PathBuf {
    format!("{path}~").into()
}
