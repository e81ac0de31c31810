//! Files in memory, for tests. Supports what the disk can do, and what root can't provoke there (denied permissions).

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use camino::{Utf8Path, Utf8PathBuf};

use super::{DirEntry, FileKind, FileSystem, Lock, Metadata};
use crate::Stamp;

/// Files in memory, for tests. Folders exist if there are files below them. There are no links.
#[derive(Debug, Default)]
pub struct MemoryFileSystem {
    state: RwLock<State>,
}

#[derive(Debug, Default)]
struct State {
    /// Contents and modification times.
    files: BTreeMap<Utf8PathBuf, (Vec<u8>, u128)>,
    denied: BTreeSet<Utf8PathBuf>,
    /// Counts writes, so that each gets a distinct time.
    clock: u128,
}

impl MemoryFileSystem {
    /// A file system without files.
    pub fn new() -> Self {
        Self::default()
    }

    /// A file system with these files: absolute path and contents.
    pub fn with_files<P: Into<Utf8PathBuf>, C: Into<Vec<u8>>>(
        files: impl IntoIterator<Item = (P, C)>,
    ) -> Self {
        let fs = Self::new();
        for (path, contents) in files {
            fs.insert(path, contents);
        }
        fs
    }

    /// Creates or replaces a file, and its parent folders.
    pub fn insert(&self, path: impl Into<Utf8PathBuf>, contents: impl Into<Vec<u8>>) {
        let mut state = self.write_state();
        state.clock += 1;
        let modified = state.clock;
        state.files.insert(path.into(), (contents.into(), modified));
    }

    /// Removes a file, or a folder with everything below it.
    pub fn remove(&self, path: impl AsRef<Utf8Path>) {
        self.write_state().files.retain(|candidate, _| !candidate.starts_with(path.as_ref()));
    }

    /// From now on, reading this file or listing this folder is denied.
    pub fn deny(&self, path: impl Into<Utf8PathBuf>) {
        self.write_state().denied.insert(path.into());
    }

    // A test that panicked while holding the lock has already failed; the state it left is consistent.
    fn state(&self) -> RwLockReadGuard<'_, State> {
        self.state.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write_state(&self) -> RwLockWriteGuard<'_, State> {
        self.state.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn below<'a>(&'a self, folder: &'a Utf8Path) -> impl Iterator<Item = &'a Utf8Path> {
        self.files
            .range(folder.to_owned()..)
            .map(|(path, _)| path.as_path())
            .take_while(move |path| path.starts_with(folder))
            .filter(move |path| *path != folder)
    }

    fn allow(&self, path: &Utf8Path) -> io::Result<()> {
        if self.denied.contains(path) { Err(io::ErrorKind::PermissionDenied.into()) } else { Ok(()) }
    }
}

impl FileSystem for MemoryFileSystem {
    fn read(&self, path: &Utf8Path) -> io::Result<Vec<u8>> {
        let state = self.state();
        state.allow(path)?;
        state
            .files
            .get(path)
            .map(|(contents, _)| contents.clone())
            .ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn rename(&self, from: &Utf8Path, to: &Utf8Path) -> io::Result<()> {
        if self.metadata(to).is_ok() {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        self.metadata(from)?;
        let mut state = self.write_state();
        let old = std::mem::take(&mut state.files);
        state.files = old
            .into_iter()
            .map(|(path, file)| match path.strip_prefix(from) {
                Ok(rest) if rest.as_str().is_empty() => (to.to_owned(), file),
                Ok(rest) => (to.join(rest), file),
                Err(_) => (path, file),
            })
            .collect();
        Ok(())
    }

    fn metadata(&self, path: &Utf8Path) -> io::Result<Metadata> {
        let state = self.state();
        if let Some((contents, modified)) = state.files.get(path) {
            let stamp = Stamp { modified: *modified, size: contents.len() as u64 };
            Ok(Metadata { kind: FileKind::File, stamp })
        } else if state.below(path).next().is_some() {
            Ok(Metadata { kind: FileKind::Folder, stamp: Stamp { modified: 0, size: 0 } })
        } else {
            Err(io::ErrorKind::NotFound.into())
        }
    }

    fn read_dir(&self, path: &Utf8Path) -> io::Result<Vec<DirEntry>> {
        let state = self.state();
        state.allow(path)?;
        let mut entries = BTreeMap::new();
        for file in state.below(path) {
            let Some(name) = file.strip_prefix(path).ok().and_then(|rest| rest.iter().next()) else {
                continue;
            };
            let entry = path.join(name);
            let kind = if entry == file { FileKind::File } else { FileKind::Folder };
            entries.insert(entry, kind);
        }
        if entries.is_empty() {
            return Err(io::ErrorKind::NotFound.into());
        }
        let entry = |(path, kind)| DirEntry { path, kind, is_link: false, is_utf8: true };
        Ok(entries.into_iter().map(entry).collect())
    }

    fn real_path(&self, path: &Utf8Path) -> io::Result<Utf8PathBuf> {
        self.metadata(path).map(|_| path.to_owned())
    }

    fn is_link(&self, path: &Utf8Path) -> io::Result<bool> {
        self.metadata(path).map(|_| false)
    }

    fn check_writable(&self, path: &Utf8Path) -> io::Result<()> {
        self.state().allow(path)
    }

    fn create(&self, path: &Utf8Path, contents: &[u8], _: Option<&Utf8Path>) -> io::Result<()> {
        self.state().allow(path)?;
        if self.metadata(path).is_ok() {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        self.insert(path, contents);
        Ok(())
    }

    /// Folders exist if there are files below them.
    fn create_folder(&self, _: &Utf8Path) -> io::Result<()> {
        Ok(())
    }

    fn exchange(&self, a: &Utf8Path, b: &Utf8Path) -> io::Result<()> {
        let (of_a, of_b) = (self.read(a)?, self.read(b)?);
        self.insert(a, of_b);
        self.insert(b, of_a);
        Ok(())
    }

    fn remove(&self, path: &Utf8Path) -> io::Result<()> {
        self.metadata(path)?;
        MemoryFileSystem::remove(self, path);
        Ok(())
    }

    fn sync(&self, _: &Utf8Path) -> io::Result<()> {
        Ok(())
    }

    fn try_lock(&self, _: &Utf8Path) -> io::Result<Option<Lock>> {
        Ok(Some(Lock::nothing()))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn folders_are_implied() {
        let fs = MemoryFileSystem::with_files([("/p/a/b.py", "b"), ("/p/a.py", "a"), ("/p/ab/c.py", "c")]);
        let listed = |path: &str| -> Vec<(String, FileKind)> {
            let entries = fs.read_dir(path.into()).unwrap_or_default();
            entries.into_iter().map(|entry| (entry.path.into_string(), entry.kind)).collect()
        };
        let (file, folder) = (FileKind::File, FileKind::Folder);
        assert_eq!(
            listed("/p"),
            [("/p/a".into(), folder), ("/p/a.py".into(), file), ("/p/ab".into(), folder)]
        );
        assert_eq!(listed("/p/a"), [("/p/a/b.py".into(), file)]);
        fs.remove("/p/a");
        assert_eq!(listed("/p"), [("/p/a.py".into(), file), ("/p/ab".into(), folder)]);
        assert!(listed("/p/a").is_empty());
    }

    #[test]
    fn a_write_changes_the_stamp() {
        let fs = MemoryFileSystem::with_files([("/a.py", "x")]);
        let before = fs.metadata("/a.py".into()).unwrap().stamp;
        fs.insert("/a.py", "y");
        assert_ne!(fs.metadata("/a.py".into()).unwrap().stamp, before);
    }

    #[test]
    fn denied() {
        let fs = MemoryFileSystem::with_files([("/p/a.py", "x")]);
        fs.deny("/p/a.py");
        fs.deny("/p");
        assert_eq!(fs.read("/p/a.py".into()).unwrap_err().kind(), io::ErrorKind::PermissionDenied);
        assert_eq!(fs.read_dir("/p".into()).unwrap_err().kind(), io::ErrorKind::PermissionDenied);
        assert_eq!(fs.metadata("/p/a.py".into()).unwrap().kind, FileKind::File);
    }
}
