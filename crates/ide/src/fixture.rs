//! Projects as text: files under `//- /path` headers, the cursor as `$0`. Built in memory, opened as one folder.

use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use source::{File, MemoryFileSystem};
use workspace::{Change, Workspace};

/// A project in memory with a place in it.
pub(crate) struct Fixture {
    pub(crate) workspace: Workspace,
    /// The file with the cursor, or the first.
    pub(crate) path: Utf8PathBuf,
    /// Byte offset of the cursor in it; 0 without one.
    pub(crate) offset: u32,
}

impl Fixture {
    /// Parses and opens a fixture. Paths lie below `/project`.
    pub(crate) fn new(text: &str) -> Self {
        let fs = MemoryFileSystem::new();
        let mut cursor = None;
        let mut first = None;
        for section in text.split("//- ").skip(1) {
            let (path, contents) = section.split_once('\n').unwrap_or((section, ""));
            let path = Utf8Path::new("/project").join(path.trim().trim_start_matches('/'));
            if let Some(offset) = contents.find("$0") {
                cursor = Some((path.clone(), offset as u32));
            }
            first.get_or_insert_with(|| path.clone());
            fs.insert(path, contents.replacen("$0", "", 1));
        }
        let mut workspace = Workspace::new(Arc::new(fs));
        workspace.apply(vec![Change::AddFolder("/project".into())]);
        let (path, offset) = cursor.unwrap_or_else(|| (first.expect("a fixture has a file"), 0));
        Self { workspace, path, offset }
    }

    /// The file with the cursor.
    pub(crate) fn file(&self) -> File {
        self.workspace.snapshot().file(&self.path).expect("the walk found it")
    }
}
