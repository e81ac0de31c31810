//! A file system that notes what it was asked and what it answered.

use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use camino::{Utf8Path, Utf8PathBuf};
use source::{DirEntry, FileSystem, Lock, Metadata};

use super::Reads;
use super::reads::Outcome;

/// A file system that notes what it was asked and what it answered.
#[derive(Debug)]
pub struct Recorder {
    below: Arc<dyn FileSystem>,
    noted: Mutex<Noted>,
}

#[derive(Debug, Default)]
struct Noted {
    reads: Reads,
    /// Something was written, or the same question had two answers: there was no one state that was read.
    is_mixed: bool,
}

impl Recorder {
    /// Answers as `below` does.
    pub fn over(below: Arc<dyn FileSystem>) -> Self {
        Self { below, noted: Mutex::default() }
    }

    /// What was read so far; `None` if that wasn't one state of the files.
    pub fn reads(&self) -> Option<Reads> {
        let noted = self.noted();
        (!noted.is_mixed).then(|| noted.reads.clone())
    }

    fn note(&self, path: &Utf8Path, outcome: &Outcome<'_>) {
        let hash = outcome.hash();
        let mut noted = self.noted();
        if !noted.reads.add(path, outcome.operation(), hash) {
            noted.is_mixed = true;
        }
    }

    fn wrote(&self) {
        self.noted().is_mixed = true;
    }

    // Each note is complete, whatever happened to another thread.
    fn noted(&self) -> MutexGuard<'_, Noted> {
        self.noted.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl FileSystem for Recorder {
    fn read(&self, path: &Utf8Path) -> io::Result<Vec<u8>> {
        let outcome = self.below.read(path);
        self.note(path, &Outcome::Contents(&outcome));
        outcome
    }

    fn metadata(&self, path: &Utf8Path) -> io::Result<Metadata> {
        let outcome = self.below.metadata(path);
        self.note(path, &Outcome::Metadata(&outcome));
        outcome
    }

    fn read_dir(&self, path: &Utf8Path) -> io::Result<Vec<DirEntry>> {
        let outcome = self.below.read_dir(path);
        self.note(path, &Outcome::Entries(&outcome));
        outcome
    }

    fn real_path(&self, path: &Utf8Path) -> io::Result<Utf8PathBuf> {
        let outcome = self.below.real_path(path);
        self.note(path, &Outcome::RealPath(&outcome));
        outcome
    }

    fn is_link(&self, path: &Utf8Path) -> io::Result<bool> {
        let outcome = self.below.is_link(path);
        self.note(path, &Outcome::IsLink(&outcome));
        outcome
    }

    fn is_disk(&self) -> bool {
        self.below.is_disk()
    }

    fn check_writable(&self, path: &Utf8Path) -> io::Result<()> {
        self.wrote();
        self.below.check_writable(path)
    }

    fn create(&self, path: &Utf8Path, contents: &[u8], like: Option<&Utf8Path>) -> io::Result<()> {
        self.wrote();
        self.below.create(path, contents, like)
    }

    fn create_folder(&self, path: &Utf8Path) -> io::Result<()> {
        self.wrote();
        self.below.create_folder(path)
    }

    fn exchange(&self, a: &Utf8Path, b: &Utf8Path) -> io::Result<()> {
        self.wrote();
        self.below.exchange(a, b)
    }

    fn rename(&self, from: &Utf8Path, to: &Utf8Path) -> io::Result<()> {
        self.wrote();
        self.below.rename(from, to)
    }

    fn remove(&self, path: &Utf8Path) -> io::Result<()> {
        self.wrote();
        self.below.remove(path)
    }

    fn sync(&self, path: &Utf8Path) -> io::Result<()> {
        self.wrote();
        self.below.sync(path)
    }

    fn try_lock(&self, path: &Utf8Path) -> io::Result<Option<Lock>> {
        self.wrote();
        self.below.try_lock(path)
    }
}
