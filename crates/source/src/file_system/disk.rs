//! The real disk: the only place that calls `std::fs`.
#![allow(clippy::disallowed_methods, reason = "every other file goes through the trait")]

use std::time::UNIX_EPOCH;
use std::{fs, io};

use camino::{Utf8Path, Utf8PathBuf};

use super::{DirEntry, FileKind, FileSystem, Metadata};
use crate::Stamp;

/// The real disk.
#[derive(Debug, Default, Clone, Copy)]
pub struct DiskFileSystem;

impl FileSystem for DiskFileSystem {
    fn read(&self, path: &Utf8Path) -> io::Result<Vec<u8>> {
        fs::read(path)
    }

    fn write(&self, path: &Utf8Path, contents: &[u8]) -> io::Result<()> {
        match (fs::write(path, contents), path.parent()) {
            (Err(error), Some(folder)) if error.kind() == io::ErrorKind::NotFound => {
                fs::create_dir_all(folder)?;
                fs::write(path, contents)
            }
            (written, _) => written,
        }
    }

    fn rename(&self, from: &Utf8Path, to: &Utf8Path) -> io::Result<()> {
        if fs::symlink_metadata(to).is_ok() {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::rename(from, to)
    }

    fn metadata(&self, path: &Utf8Path) -> io::Result<Metadata> {
        let metadata = fs::metadata(path)?;
        let modified = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        Ok(Metadata {
            kind: kind(metadata.file_type()),
            stamp: Stamp { modified: modified.map_or(0, |time| time.as_nanos()), size: metadata.len() },
        })
    }

    fn read_dir(&self, path: &Utf8Path) -> io::Result<Vec<DirEntry>> {
        let mut entries = Vec::new();
        for entry in fs::read_dir(path)? {
            let entry = entry?;
            let (name, is_utf8) = match entry.file_name().into_string() {
                Ok(name) => (name, true),
                Err(name) => (name.to_string_lossy().into_owned(), false),
            };
            // An entry that vanished meanwhile has no type.
            let Ok(file_type) = entry.file_type() else { continue };
            let is_link = file_type.is_symlink();
            // A loop of links and a broken link both fail here.
            let kind = if is_link {
                fs::metadata(entry.path()).map_or(FileKind::Other, |target| kind(target.file_type()))
            } else {
                kind(file_type)
            };
            entries.push(DirEntry { path: path.join(name), kind, is_link, is_utf8 });
        }
        entries.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(entries)
    }

    fn real_path(&self, path: &Utf8Path) -> io::Result<Utf8PathBuf> {
        path.canonicalize_utf8()
    }

    fn is_disk(&self) -> bool {
        true
    }
}

fn kind(file_type: fs::FileType) -> FileKind {
    if file_type.is_file() {
        FileKind::File
    } else if file_type.is_dir() {
        FileKind::Folder
    } else {
        FileKind::Other
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn what_is_written_is_found() {
        let folder = tempfile::tempdir().unwrap();
        let root = Utf8Path::from_path(folder.path()).unwrap();
        fs::create_dir(root.join("sub")).unwrap();
        DiskFileSystem.write(&root.join("a.py"), b"x").unwrap();
        DiskFileSystem.write(&root.join("new/deep/b.py"), b"y").unwrap();
        assert_eq!(DiskFileSystem.read(&root.join("new/deep/b.py")).unwrap(), b"y");
        let entries = DiskFileSystem.read_dir(root).unwrap();
        let seen: Vec<_> =
            entries.iter().map(|entry| (entry.path.file_name().unwrap(), entry.kind)).collect();
        assert_eq!(seen, [("a.py", FileKind::File), ("new", FileKind::Folder), ("sub", FileKind::Folder)]);
        assert_eq!(DiskFileSystem.read(&root.join("a.py")).unwrap(), b"x");
        let metadata = DiskFileSystem.metadata(&root.join("a.py")).unwrap();
        assert_eq!((metadata.kind, metadata.stamp.size), (FileKind::File, 1));
        assert!(metadata.stamp.modified > 0);
        DiskFileSystem.rename(&root.join("new/deep"), &root.join("old/deep")).unwrap();
        assert_eq!(DiskFileSystem.read(&root.join("old/deep/b.py")).unwrap(), b"y");
        let taken = DiskFileSystem.rename(&root.join("a.py"), &root.join("sub")).unwrap_err();
        assert_eq!(taken.kind(), io::ErrorKind::AlreadyExists);
        let missing = DiskFileSystem.metadata(&root.join("b.py")).unwrap_err();
        assert_eq!(missing.kind(), io::ErrorKind::NotFound);
    }
}
