//! The disk with a single fault at a given moment.

use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};

use camino::{Utf8Path, Utf8PathBuf};
use source::{DirEntry, DiskFileSystem, FileSystem, Lock, Metadata};

/// The kind of fault.
#[derive(Debug, Clone, Copy)]
pub(super) enum Fault {
    /// The process is killed: nothing happens afterwards, and a write at that moment is half finished.
    Kill,
    /// From now on the disk is full.
    Full,
    /// This operation is denied.
    Denied,
}

/// The disk, up to the operation with this number.
#[derive(Debug)]
pub(super) struct Faulty {
    fault: Fault,
    at: usize,
    operations: AtomicUsize,
}

impl Faulty {
    pub(super) fn new(fault: Fault, at: usize) -> Self {
        Self { fault, at, operations: AtomicUsize::new(0) }
    }

    /// Whether the moment has been reached.
    pub(super) fn is_reached(&self) -> bool {
        self.operations.load(Ordering::Relaxed) > self.at
    }

    fn tick(&self) -> io::Result<()> {
        let number = self.operations.fetch_add(1, Ordering::Relaxed);
        match self.fault {
            Fault::Kill if number >= self.at => Err(io::Error::other("killed")),
            Fault::Denied if number == self.at => Err(io::ErrorKind::PermissionDenied.into()),
            _ => Ok(()),
        }
    }
}

impl FileSystem for Faulty {
    fn read(&self, path: &Utf8Path) -> io::Result<Vec<u8>> {
        self.tick()?;
        DiskFileSystem.read(path)
    }

    fn read_range(&self, path: &Utf8Path, start: u64, length: usize) -> io::Result<Vec<u8>> {
        self.tick()?;
        DiskFileSystem.read_range(path, start, length)
    }

    fn metadata(&self, path: &Utf8Path) -> io::Result<Metadata> {
        self.tick()?;
        DiskFileSystem.metadata(path)
    }

    fn read_dir(&self, path: &Utf8Path) -> io::Result<Vec<DirEntry>> {
        self.tick()?;
        DiskFileSystem.read_dir(path)
    }

    fn real_path(&self, path: &Utf8Path) -> io::Result<Utf8PathBuf> {
        DiskFileSystem.real_path(path)
    }

    fn is_link(&self, path: &Utf8Path) -> io::Result<bool> {
        DiskFileSystem.is_link(path)
    }

    fn check_writable(&self, path: &Utf8Path) -> io::Result<()> {
        DiskFileSystem.check_writable(path)
    }

    fn create(&self, path: &Utf8Path, contents: &[u8], like: Option<&Utf8Path>) -> io::Result<()> {
        let was_reached = self.is_reached();
        let outcome = self.tick();
        let is_full = matches!(self.fault, Fault::Full) && self.is_reached();
        let is_killed_now = matches!(self.fault, Fault::Kill) && outcome.is_err() && !was_reached;
        if is_full || is_killed_now {
            DiskFileSystem.create(path, &contents[..contents.len() / 2], like)?;
        }
        if is_full {
            return Err(io::ErrorKind::StorageFull.into());
        }
        outcome?;
        DiskFileSystem.create(path, contents, like)
    }

    fn create_folder(&self, path: &Utf8Path) -> io::Result<()> {
        self.tick()?;
        DiskFileSystem.create_folder(path)
    }

    fn exchange(&self, a: &Utf8Path, b: &Utf8Path) -> io::Result<()> {
        DiskFileSystem.exchange(a, b)
    }

    fn rename(&self, from: &Utf8Path, to: &Utf8Path) -> io::Result<()> {
        self.tick()?;
        DiskFileSystem.rename(from, to)
    }

    fn remove(&self, path: &Utf8Path) -> io::Result<()> {
        self.tick()?;
        DiskFileSystem.remove(path)
    }

    fn sync(&self, path: &Utf8Path) -> io::Result<()> {
        DiskFileSystem.sync(path)
    }

    fn try_lock(&self, path: &Utf8Path) -> io::Result<Option<Lock>> {
        DiskFileSystem.try_lock(path)
    }
}
