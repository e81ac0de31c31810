//! The disk with a single fault at a given moment.

use std::fs;
use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};

use camino::{Utf8Path, Utf8PathBuf};

use crate::{DirEntry, DiskFileSystem, FileSystem, Lock, Metadata};

/// The kind of fault.
#[derive(Debug, Clone)]
pub(super) enum Fault {
    /// The process is killed: nothing happens afterwards.
    Kill,
    /// From now on the disk is full.
    Full,
    /// This operation is denied.
    Denied,
    /// Someone saves a file in an editor, which writes in place or renames.
    Save { path: Utf8PathBuf, text: &'static str, in_place: bool },
}

/// The disk, up to the operation with this number.
#[derive(Debug)]
pub(super) struct Faulty {
    pub(super) fault: Fault,
    pub(super) at: usize,
    /// Whether files can be exchanged only in several steps.
    pub(super) in_turn: bool,
    operations: AtomicUsize,
}

impl Faulty {
    pub(super) fn new(fault: Fault, at: usize, in_turn: bool) -> Self {
        Self { fault, at, in_turn, operations: AtomicUsize::new(0) }
    }

    /// Whether the moment has been reached.
    pub(super) fn is_reached(&self) -> bool {
        self.operations.load(Ordering::Relaxed) > self.at
    }

    fn tick(&self) -> io::Result<()> {
        let number = self.operations.fetch_add(1, Ordering::Relaxed);
        match &self.fault {
            Fault::Kill if number >= self.at => Err(io::Error::other("killed")),
            Fault::Denied if number == self.at => Err(io::ErrorKind::PermissionDenied.into()),
            Fault::Save { path, text, in_place } if number == self.at => {
                save(path, text, *in_place);
                Ok(())
            }
            _ => Ok(()),
        }
    }
}

/// An editor writes to the existing file; it doesn't create one if its file is gone.
fn save(path: &Utf8Path, text: &str, in_place: bool) {
    if !path.exists() {
    } else if in_place {
        fs::write(path, text).unwrap();
    } else {
        let other = path.with_extension("swap");
        fs::write(&other, text).unwrap();
        fs::rename(other, path).unwrap();
    }
}

impl FileSystem for Faulty {
    fn read(&self, path: &Utf8Path) -> io::Result<Vec<u8>> {
        self.tick()?;
        DiskFileSystem.read(path)
    }

    fn metadata(&self, path: &Utf8Path) -> io::Result<Metadata> {
        self.tick()?;
        DiskFileSystem.metadata(path)
    }

    fn read_dir(&self, path: &Utf8Path) -> io::Result<Vec<DirEntry>> {
        DiskFileSystem.read_dir(path)
    }

    fn real_path(&self, path: &Utf8Path) -> io::Result<Utf8PathBuf> {
        DiskFileSystem.real_path(path)
    }

    fn is_link(&self, path: &Utf8Path) -> io::Result<bool> {
        DiskFileSystem.is_link(path)
    }

    fn check_writable(&self, path: &Utf8Path) -> io::Result<()> {
        self.tick()?;
        DiskFileSystem.check_writable(path)
    }

    fn create(&self, path: &Utf8Path, contents: &[u8], like: Option<&Utf8Path>) -> io::Result<()> {
        let was_killed = matches!(self.fault, Fault::Kill) && self.is_reached();
        let outcome = self.tick();
        let is_full = matches!(self.fault, Fault::Full) && self.is_reached();
        if is_full || (outcome.is_err() && !was_killed) {
            // The remains of an interrupted write.
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
        self.tick()?;
        if !self.in_turn {
            return DiskFileSystem.exchange(a, b);
        }
        let aside = crate::file_system::aside(a);
        fs::hard_link(b, &aside)?;
        self.tick()?;
        fs::rename(a, b)?;
        self.tick()?;
        fs::rename(&aside, a)
    }

    fn rename(&self, from: &Utf8Path, to: &Utf8Path) -> io::Result<()> {
        self.tick()?;
        DiskFileSystem.rename(from, to)
    }

    fn remove(&self, path: &Utf8Path) -> io::Result<()> {
        self.tick()?;
        DiskFileSystem.remove(path)
    }

    fn sync(&self, _: &Utf8Path) -> io::Result<()> {
        self.tick()
    }

    fn try_lock(&self, path: &Utf8Path) -> io::Result<Option<Lock>> {
        DiskFileSystem.try_lock(path)
    }
}
