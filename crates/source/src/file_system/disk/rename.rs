//! Renames that never overwrite another program's file: Linux and macOS can refuse to replace, and can exchange
//! atomically. On other systems and on file systems without support, this falls back to the next best approach, which
//! leaves a moment in which another program's file is replaced.
#![allow(clippy::disallowed_methods, reason = "a part of the disk's file system")]

use std::{fs, io};

use camino::Utf8Path;

pub(super) fn rename(from: &Utf8Path, to: &Utf8Path) -> io::Result<()> {
    match at_once::rename(from, to) {
        Some(outcome) => outcome,
        None if fs::symlink_metadata(to).is_ok() => Err(io::ErrorKind::AlreadyExists.into()),
        None => fs::rename(from, to),
    }
}

pub(super) fn exchange(a: &Utf8Path, b: &Utf8Path) -> io::Result<()> {
    at_once::exchange(a, b).unwrap_or_else(|| exchange_in_turn(a, b))
}

/// At any moment `b` has one content or the other; `a` has none for an instant.
fn exchange_in_turn(a: &Utf8Path, b: &Utf8Path) -> io::Result<()> {
    let aside = super::super::aside(a);
    if fs::hard_link(b, &aside).is_err() {
        // Some file systems permit only one name per file.
        fs::copy(b, &aside)?;
    }
    fs::rename(a, b)?;
    fs::rename(&aside, a)
}

/// As a single kernel operation; `None` if it isn't supported.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
mod at_once {
    use std::io;

    use camino::Utf8Path;
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;

    pub(super) fn rename(from: &Utf8Path, to: &Utf8Path) -> Option<io::Result<()>> {
        with(from, to, RenameFlags::NOREPLACE)
    }

    pub(super) fn exchange(a: &Utf8Path, b: &Utf8Path) -> Option<io::Result<()>> {
        with(a, b, RenameFlags::EXCHANGE)
    }

    fn with(from: &Utf8Path, to: &Utf8Path, flags: RenameFlags) -> Option<io::Result<()>> {
        match renameat_with(CWD, from.as_std_path(), CWD, to.as_std_path(), flags) {
            Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => None,
            outcome => Some(outcome.map_err(io::Error::from)),
        }
    }
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
mod at_once {
    use std::io;

    use camino::Utf8Path;

    pub(super) fn rename(_: &Utf8Path, _: &Utf8Path) -> Option<io::Result<()>> {
        None
    }

    pub(super) fn exchange(_: &Utf8Path, _: &Utf8Path) -> Option<io::Result<()>> {
        None
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn both_ways_to_exchange() {
        let folder = tempfile::tempdir().unwrap();
        let root = Utf8Path::from_path(folder.path()).unwrap();
        let (a, b) = (root.join("a"), root.join("b"));
        fs::write(&a, "a").unwrap();
        fs::write(&b, "b").unwrap();
        exchange(&a, &b).unwrap();
        assert_eq!((fs::read(&a).unwrap(), fs::read(&b).unwrap()), (b"b".to_vec(), b"a".to_vec()));
        exchange_in_turn(&a, &b).unwrap();
        assert_eq!((fs::read(&a).unwrap(), fs::read(&b).unwrap()), (b"a".to_vec(), b"b".to_vec()));
        assert_eq!(fs::read_dir(root).unwrap().count(), 2);
    }

    #[test]
    fn nothing_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let root = Utf8Path::from_path(folder.path()).unwrap();
        fs::write(root.join("a"), "a").unwrap();
        fs::create_dir(root.join("b")).unwrap();
        fs::write(root.join("c"), "c").unwrap();
        for taken in ["b", "c"] {
            let error = rename(&root.join("a"), &root.join(taken)).unwrap_err();
            assert_eq!(error.kind(), io::ErrorKind::AlreadyExists, "{taken}");
        }
        rename(&root.join("b"), &root.join("d")).unwrap();
        assert!(root.join("d").is_dir());
    }
}
