//! The file system behind a trait: the disk, and an in-memory version for tests.

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

/// The kind of entry at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// A regular file (or a link to one).
    File,
    /// A folder (or a link to one).
    Folder,
    /// A socket, a device, a broken link.
    Other,
}

/// Metadata of a path, available without reading it.
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
    /// The absolute path. If the name is not UTF-8, a lossy version that can't be opened.
    pub path: Utf8PathBuf,
    /// File or folder; for a link, the kind of its target.
    pub kind: FileKind,
    /// Whether it is a symbolic link.
    pub is_link: bool,
    /// Whether the name is UTF-8; otherwise the file can be reported but not opened.
    pub is_utf8: bool,
}

/// The only access to files. Paths are absolute.
pub trait FileSystem: Send + Sync + std::fmt::Debug {
    /// Reads an entire file.
    ///
    /// # Errors
    /// Those of the file system.
    fn read(&self, path: &Utf8Path) -> io::Result<Vec<u8>>;

    /// Reads `length` bytes of a file, starting at byte `start`.
    ///
    /// # Errors
    /// Those of the file system; `UnexpectedEof` if the file is shorter.
    fn read_range(&self, path: &Utf8Path, start: u64, length: usize) -> io::Result<Vec<u8>> {
        let bytes = self.read(path)?;
        let start = usize::try_from(start).unwrap_or(usize::MAX);
        let range = bytes.get(start..start.saturating_add(length));
        range.map(<[u8]>::to_vec).ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
    }

    /// The metadata of `path`; links are followed.
    ///
    /// # Errors
    /// Those of the file system; `NotFound` if nothing exists there.
    fn metadata(&self, path: &Utf8Path) -> io::Result<Metadata>;

    /// The entries of a folder, sorted by path.
    ///
    /// # Errors
    /// Those of the file system.
    fn read_dir(&self, path: &Utf8Path) -> io::Result<Vec<DirEntry>>;

    /// The path with links resolved.
    ///
    /// # Errors
    /// Those of the file system; also for a path that is not UTF-8.
    fn real_path(&self, path: &Utf8Path) -> io::Result<Utf8PathBuf>;

    /// Whether `path` is a link, whatever its target.
    ///
    /// # Errors
    /// Those of the file system; `NotFound` if nothing exists there, not even a broken link.
    fn is_link(&self, path: &Utf8Path) -> io::Result<bool>;

    /// Whether this is the real disk, so that work on many files is worth several threads.
    fn is_disk(&self) -> bool {
        false
    }

    // The following methods write. Only a [`Transaction`](crate::Transaction) calls them.

    /// Checks whether a file may be written to, without touching it.
    ///
    /// # Errors
    /// `PermissionDenied` if this user may not write to it; otherwise those of the file system.
    fn check_writable(&self, path: &Utf8Path) -> io::Result<()>;

    /// Creates a file at an unused path. With `like` it gets the permissions and, if possible, the owner of that file.
    /// After a failure, a part of the file may remain.
    ///
    /// # Errors
    /// Those of the file system; `AlreadyExists` if something exists there.
    fn create(&self, path: &Utf8Path, contents: &[u8], like: Option<&Utf8Path>) -> io::Result<()>;

    /// Creates a folder.
    ///
    /// # Errors
    /// Those of the file system; `AlreadyExists` if something exists there.
    fn create_folder(&self, path: &Utf8Path) -> io::Result<()>;

    /// Exchanges the names of two files in one folder. At any moment, opening either name yields one of the two files.
    ///
    /// # Errors
    /// Those of the file system.
    fn exchange(&self, a: &Utf8Path, b: &Utf8Path) -> io::Result<()>;

    /// Moves a file or folder to an unused path.
    ///
    /// # Errors
    /// Those of the file system; `AlreadyExists` if something exists there.
    fn rename(&self, from: &Utf8Path, to: &Utf8Path) -> io::Result<()>;

    /// Removes a file, or an empty folder.
    ///
    /// # Errors
    /// Those of the file system.
    fn remove(&self, path: &Utf8Path) -> io::Result<()>;

    /// Waits until a file, or the names in a folder, would survive a power failure.
    ///
    /// # Errors
    /// Those of the file system.
    fn sync(&self, path: &Utf8Path) -> io::Result<()>;

    /// Acquires a lock file that all writers agree on; `None` if another process holds the lock. The lock is released
    /// when its holder ends, in whatever way.
    ///
    /// # Errors
    /// Those of the file system.
    fn try_lock(&self, path: &Utf8Path) -> io::Result<Option<Lock>>;
}

/// The temporary name that a file system without atomic exchange uses for the second file while exchanging it with
/// `path`.
pub(crate) fn aside(path: &Utf8Path) -> Utf8PathBuf {
    format!("{path}~").into()
}
