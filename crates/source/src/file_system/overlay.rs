//! Hypothetical files: another file system with some files replaced or removed, for "what if" questions.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::sync::{Arc, PoisonError, RwLock};

use camino::{Utf8Path, Utf8PathBuf};

use super::{DirEntry, FileKind, FileSystem, Lock, Metadata};
use crate::Stamp;

/// Another file system with some files replaced or removed. Nothing is ever written through it.
#[derive(Debug)]
pub struct OverlayFileSystem {
    below: Arc<dyn FileSystem>,
    laid: RwLock<Laid>,
}

#[derive(Debug, Default)]
struct Laid {
    /// By path: the contents with a sequence number, or `None` for a removed file.
    files: BTreeMap<Utf8PathBuf, Option<(Vec<u8>, u128)>>,
    /// Counts changes, so that each gets a distinct time.
    clock: u128,
}

impl OverlayFileSystem {
    /// Initially the same files as `below`.
    pub fn new(below: Arc<dyn FileSystem>) -> Self {
        Self { below, laid: RwLock::default() }
    }

    /// Replaces the file at `path`; `None` removes it.
    pub fn lay(&self, path: impl Into<Utf8PathBuf>, contents: Option<Vec<u8>>) {
        let mut laid = self.laid.write().unwrap_or_else(PoisonError::into_inner);
        laid.clock += 1;
        let clock = laid.clock;
        laid.files.insert(path.into(), contents.map(|contents| (contents, clock)));
    }

    /// Discards all changes and returns their paths.
    pub fn clear(&self) -> Vec<Utf8PathBuf> {
        let mut laid = self.laid.write().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut laid.files).into_keys().collect()
    }

    /// Examines the changes at and below `path`.
    fn look<T>(&self, path: &Utf8Path, work: impl FnOnce(&Laid) -> Option<T>) -> Option<T> {
        let laid = self.laid.read().unwrap_or_else(PoisonError::into_inner);
        let is_touched = laid.files.range(path.to_owned()..).next().is_some();
        if is_touched { work(&laid) } else { None }
    }
}

impl Laid {
    fn below<'a>(&'a self, folder: &'a Utf8Path) -> impl Iterator<Item = (&'a Utf8Path, bool)> {
        self.files
            .range(folder.to_owned()..)
            .map(|(path, contents)| (path.as_path(), contents.is_some()))
            .take_while(move |(path, _)| path.starts_with(folder))
            .filter(move |(path, _)| *path != folder)
    }
}

fn refused<T>() -> io::Result<T> {
    Err(io::Error::new(io::ErrorKind::PermissionDenied, "nothing is written here: this is a question"))
}

impl FileSystem for OverlayFileSystem {
    fn read(&self, path: &Utf8Path) -> io::Result<Vec<u8>> {
        match self.look(path, |laid| laid.files.get(path).cloned()) {
            Some(Some((contents, _))) => Ok(contents),
            Some(None) => Err(io::ErrorKind::NotFound.into()),
            None => self.below.read(path),
        }
    }

    fn metadata(&self, path: &Utf8Path) -> io::Result<Metadata> {
        let found = self.look(path, |laid| {
            Some(match laid.files.get(path) {
                Some(Some((contents, clock))) => {
                    // No file on a disk has such a late time.
                    let stamp = Stamp { modified: u128::MAX - clock, size: contents.len() as u64 };
                    Ok(Metadata { kind: FileKind::File, stamp })
                }
                Some(None) => Err(io::ErrorKind::NotFound.into()),
                None if laid.below(path).any(|(_, is_there)| is_there) => {
                    Ok(Metadata { kind: FileKind::Folder, stamp: Stamp { modified: 0, size: 0 } })
                }
                None => return None,
            })
        });
        found.unwrap_or_else(|| self.below.metadata(path))
    }

    fn read_dir(&self, path: &Utf8Path) -> io::Result<Vec<DirEntry>> {
        let below = self.below.read_dir(path);
        let laid = self.laid.read().unwrap_or_else(PoisonError::into_inner);
        let (mut gone, mut entries) = (BTreeSet::new(), BTreeMap::new());
        for (file, is_there) in laid.below(path) {
            let Some(name) = file.strip_prefix(path).ok().and_then(|rest| rest.components().next()) else {
                continue;
            };
            let child = path.join(name);
            let kind = if child == file { FileKind::File } else { FileKind::Folder };
            if is_there {
                let entry = DirEntry { path: child.clone(), kind, is_link: false, is_utf8: true };
                entries.insert(child, entry);
            } else if kind == FileKind::File {
                gone.insert(child);
            }
        }
        let found = match below {
            Ok(found) => found,
            Err(_) if !entries.is_empty() => Vec::new(),
            Err(error) => return Err(error),
        };
        for entry in found {
            if !gone.contains(&entry.path) {
                entries.entry(entry.path.clone()).or_insert(entry);
            }
        }
        Ok(entries.into_values().collect())
    }

    fn real_path(&self, path: &Utf8Path) -> io::Result<Utf8PathBuf> {
        match self.below.real_path(path) {
            Err(_) if self.metadata(path).is_ok() => Ok(path.to_owned()),
            found => found,
        }
    }

    fn is_link(&self, path: &Utf8Path) -> io::Result<bool> {
        match self.look(path, |laid| laid.files.get(path).map(Option::is_some)) {
            Some(true) => Ok(false),
            Some(false) => Err(io::ErrorKind::NotFound.into()),
            None => self.below.is_link(path),
        }
    }

    fn is_disk(&self) -> bool {
        self.below.is_disk()
    }

    fn check_writable(&self, _: &Utf8Path) -> io::Result<()> {
        refused()
    }

    fn create(&self, _: &Utf8Path, _: &[u8], _: Option<&Utf8Path>) -> io::Result<()> {
        refused()
    }

    fn create_folder(&self, _: &Utf8Path) -> io::Result<()> {
        refused()
    }

    fn exchange(&self, _: &Utf8Path, _: &Utf8Path) -> io::Result<()> {
        refused()
    }

    fn rename(&self, _: &Utf8Path, _: &Utf8Path) -> io::Result<()> {
        refused()
    }

    fn remove(&self, _: &Utf8Path) -> io::Result<()> {
        refused()
    }

    fn sync(&self, _: &Utf8Path) -> io::Result<()> {
        refused()
    }

    fn try_lock(&self, _: &Utf8Path) -> io::Result<Option<Lock>> {
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::MemoryFileSystem;

    fn names(fs: &OverlayFileSystem, folder: &str) -> Vec<String> {
        let entries = fs.read_dir(Utf8Path::new(folder)).expect("the folder is there");
        entries.into_iter().map(|entry| entry.path.into_string()).collect()
    }

    #[test]
    fn what_is_laid_counts_until_it_is_cleared() {
        let below = MemoryFileSystem::with_files([("/p/a.py", "a"), ("/p/b/c.py", "c")]);
        let fs = OverlayFileSystem::new(Arc::new(below));
        let before = fs.metadata(Utf8Path::new("/p/a.py")).expect("it is there");
        fs.lay("/p/a.py", Some(b"new".to_vec()));
        fs.lay("/p/b/c.py", None);
        fs.lay("/p/d/e/f.py", Some(b"f".to_vec()));
        assert_eq!(fs.read(Utf8Path::new("/p/a.py")).expect("laid"), b"new");
        assert_ne!(fs.metadata(Utf8Path::new("/p/a.py")).expect("laid").stamp, before.stamp);
        assert!(
            fs.read(Utf8Path::new("/p/b/c.py")).is_err() && fs.metadata(Utf8Path::new("/p/b/c.py")).is_err()
        );
        assert_eq!(names(&fs, "/p"), ["/p/a.py", "/p/b", "/p/d"]);
        assert_eq!(names(&fs, "/p/b"), Vec::<String>::new());
        assert_eq!(names(&fs, "/p/d"), ["/p/d/e"]);
        assert_eq!(names(&fs, "/p/d/e"), ["/p/d/e/f.py"]);
        assert!(fs.create(Utf8Path::new("/p/g.py"), b"", None).is_err());
        assert_eq!(fs.clear().len(), 3);
        assert_eq!(fs.metadata(Utf8Path::new("/p/a.py")).expect("it is there"), before);
        assert_eq!(names(&fs, "/p/b"), ["/p/b/c.py"]);
    }
}
