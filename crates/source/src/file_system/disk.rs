//! The real disk: the only place that calls `std::fs`.
#![allow(clippy::disallowed_methods, reason = "every other file goes through the trait")]

mod create;
mod rename;

use std::io::{Read as _, Seek as _, SeekFrom};
use std::time::UNIX_EPOCH;
use std::{fs, io};

use camino::{Utf8Path, Utf8PathBuf};

use super::{DirEntry, FileKind, FileSystem, Lock, Metadata};
use crate::Stamp;

/// The real disk.
#[derive(Debug, Default, Clone, Copy)]
pub struct DiskFileSystem;

impl FileSystem for DiskFileSystem {
    fn read(&self, path: &Utf8Path) -> io::Result<Vec<u8>> {
        fs::read(path)
    }

    fn read_range(&self, path: &Utf8Path, start: u64, length: usize) -> io::Result<Vec<u8>> {
        let mut file = fs::File::open(path)?;
        file.seek(SeekFrom::Start(start))?;
        let mut bytes = vec![0; length];
        file.read_exact(&mut bytes)?;
        Ok(bytes)
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
            // An entry that has vanished in the meantime has no type.
            let Ok(file_type) = entry.file_type() else { continue };
            let is_link = file_type.is_symlink();
            // Link loops and broken links both fail here.
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

    fn is_link(&self, path: &Utf8Path) -> io::Result<bool> {
        fs::symlink_metadata(path).map(|metadata| metadata.is_symlink())
    }

    fn is_disk(&self) -> bool {
        true
    }

    fn check_writable(&self, path: &Utf8Path) -> io::Result<()> {
        // The system decides, not the permission bits. Replacing a file doesn't require write permission on it, but a
        // missing permission is intentional; and root always has it, as with every other program.
        fs::OpenOptions::new().write(true).open(path).map(drop)
    }

    fn create(&self, path: &Utf8Path, contents: &[u8], like: Option<&Utf8Path>) -> io::Result<()> {
        create::create(path, contents, like)
    }

    fn create_folder(&self, path: &Utf8Path) -> io::Result<()> {
        fs::create_dir(path)
    }

    fn exchange(&self, a: &Utf8Path, b: &Utf8Path) -> io::Result<()> {
        rename::exchange(a, b)
    }

    fn rename(&self, from: &Utf8Path, to: &Utf8Path) -> io::Result<()> {
        rename::rename(from, to)
    }

    fn remove(&self, path: &Utf8Path) -> io::Result<()> {
        if fs::symlink_metadata(path)?.is_dir() { fs::remove_dir(path) } else { fs::remove_file(path) }
    }

    fn sync(&self, path: &Utf8Path) -> io::Result<()> {
        let file = if cfg!(unix) {
            fs::File::open(path)?
        } else if fs::metadata(path)?.is_dir() {
            // Folders can't be opened there.
            return Ok(());
        } else {
            fs::OpenOptions::new().write(true).open(path)?
        };
        match file.sync_all() {
            // For a folder on a file system that keeps its names consistent by itself.
            Err(error)
                if matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) =>
            {
                Ok(())
            }
            outcome => outcome,
        }
    }

    fn try_lock(&self, path: &Utf8Path) -> io::Result<Option<Lock>> {
        Lock::on_file(path)
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
    fn what_is_created_is_found() {
        let folder = tempfile::tempdir().unwrap();
        let root = Utf8Path::from_path(folder.path()).unwrap();
        DiskFileSystem.create_folder(&root.join("sub")).unwrap();
        DiskFileSystem.create(&root.join("a.py"), b"x", None).unwrap();
        let entries = DiskFileSystem.read_dir(root).unwrap();
        let seen: Vec<_> =
            entries.iter().map(|entry| (entry.path.file_name().unwrap(), entry.kind)).collect();
        assert_eq!(seen, [("a.py", FileKind::File), ("sub", FileKind::Folder)]);
        assert_eq!(DiskFileSystem.read(&root.join("a.py")).unwrap(), b"x");
        DiskFileSystem.create(&root.join("b.bin"), b"0123456789", None).unwrap();
        assert_eq!(DiskFileSystem.read_range(&root.join("b.bin"), 3, 4).unwrap(), b"3456");
        let beyond = DiskFileSystem.read_range(&root.join("b.bin"), 8, 4).unwrap_err();
        assert_eq!(beyond.kind(), io::ErrorKind::UnexpectedEof);
        DiskFileSystem.remove(&root.join("b.bin")).unwrap();
        let metadata = DiskFileSystem.metadata(&root.join("a.py")).unwrap();
        assert_eq!((metadata.kind, metadata.stamp.size), (FileKind::File, 1));
        assert!(metadata.stamp.modified > 0);
        let taken = DiskFileSystem.create(&root.join("a.py"), b"y", None).unwrap_err();
        assert_eq!(taken.kind(), io::ErrorKind::AlreadyExists);
        let missing = DiskFileSystem.metadata(&root.join("b.py")).unwrap_err();
        assert_eq!(missing.kind(), io::ErrorKind::NotFound);
        DiskFileSystem.remove(&root.join("a.py")).unwrap();
        DiskFileSystem.remove(&root.join("sub")).unwrap();
        assert_eq!(DiskFileSystem.read_dir(root).unwrap(), []);
    }
}
