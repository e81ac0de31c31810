//! Mutual exclusion between processes: an advisory lock on a file that exists only while the lock is held.
#![allow(clippy::disallowed_methods, reason = "a part of the disk's file system")]

use std::fs::{File, OpenOptions, TryLockError};
use std::io;

use camino::{Utf8Path, Utf8PathBuf};

/// Holds a lock until it is dropped, or its process ends in whatever way.
#[derive(Debug)]
pub struct Lock {
    /// `None` if there are no other processes.
    file: Option<(File, Utf8PathBuf)>,
}

impl Lock {
    /// For files that no other process can see.
    pub(super) fn nothing() -> Self {
        Self { file: None }
    }

    /// Locks the file at `path`, creating it if it is missing; `None` if another process holds the lock.
    pub(super) fn on_file(path: &Utf8Path) -> io::Result<Option<Self>> {
        // The file is never written to. A link would lead elsewhere; opening it would create a file there.
        if std::fs::symlink_metadata(path).is_ok_and(|metadata| !metadata.is_file()) {
            return Err(io::Error::other("is no regular file"));
        }
        let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)?;
        match file.try_lock() {
            // A previous holder may have removed the file between opening and locking, so that others lock its
            // successor.
            Ok(()) if is_still_there(&file, path) => Ok(Some(Self { file: Some((file, path.to_owned())) })),
            Ok(()) | Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Removed while the lock is held: waiting processes notice that it is gone. On systems other than Unix they
        // couldn't, so the file stays.
        if let Some((_, path)) = &self.file
            && cfg!(unix)
        {
            let _ = std::fs::remove_file(path);
        }
    }
}

#[cfg(unix)]
fn is_still_there(file: &File, path: &Utf8Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;

    let (Ok(locked), Ok(there)) = (file.metadata(), std::fs::symlink_metadata(path)) else { return false };
    (locked.dev(), locked.ino()) == (there.dev(), there.ino())
}

#[cfg(not(unix))]
fn is_still_there(_: &File, _: &Utf8Path) -> bool {
    true
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn one_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let path = Utf8Path::from_path(folder.path()).unwrap().join("lock");
        let first = Lock::on_file(&path).unwrap().unwrap();
        assert!(Lock::on_file(&path).unwrap().is_none());
        drop(first);
        assert_eq!(path.exists(), !cfg!(unix));
        assert!(Lock::on_file(&path).unwrap().is_some());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_no_lock() {
        let folder = tempfile::tempdir().unwrap();
        let root = Utf8Path::from_path(folder.path()).unwrap();
        std::os::unix::fs::symlink(root.join("elsewhere"), root.join("lock")).unwrap();
        assert!(Lock::on_file(&root.join("lock")).is_err());
        assert!(!root.join("elsewhere").exists());
    }
}
