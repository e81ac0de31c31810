//! A temporary folder that is deleted when dropped.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

/// A temporary folder that is deleted when dropped.
pub struct Folder {
    root: TempDir,
}

impl Folder {
    /// Creates a folder with these files: relative path and text.
    pub fn new(files: &[(&str, &str)]) -> Self {
        let folder = Self { root: TempDir::new().expect("a folder can be made") };
        for (path, text) in files {
            folder.write(path, text);
        }
        folder
    }

    /// The path of the folder.
    pub fn path(&self) -> &Path {
        self.root.path()
    }

    /// The path of a file in the folder.
    pub fn join(&self, path: &str) -> PathBuf {
        self.path().join(path)
    }

    /// The URI of a file in the folder.
    pub fn uri(&self, path: &str) -> String {
        uri(&self.join(path))
    }

    /// Writes a file, and creates its parent folders.
    pub fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.join(path);
        fs::create_dir_all(path.parent().expect("it lies in the folder")).expect("folders can be made");
        fs::write(path, text).expect("files can be written");
    }

    /// Removes a file or a folder.
    pub fn remove(&self, path: &str) {
        let path = self.join(path);
        if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) }
            .expect("it can be removed");
    }

    /// Renames a file or a folder.
    pub fn rename(&self, from: &str, to: &str) {
        fs::rename(self.join(from), self.join(to)).expect("it can be renamed");
    }
}

/// The URI of a path, percent-encoded.
pub(super) fn uri(path: &Path) -> String {
    let mut uri = "file://".to_owned();
    for byte in path.to_string_lossy().bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(byte.into());
            }
            _ => write!(uri, "%{byte:02X}").expect("a string takes everything"),
        }
    }
    uri
}
