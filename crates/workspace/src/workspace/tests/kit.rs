//! A workspace over files in memory.

use std::sync::Arc;

use camino::Utf8PathBuf;
use source::MemoryFileSystem;

use crate::{Change, Workspace};

/// Files in memory, shared with the workspaces over them.
pub(super) struct Kit {
    pub(super) files: Arc<MemoryFileSystem>,
}

impl Kit {
    pub(super) fn new(files: &[(&str, &str)]) -> Self {
        let kit = Self { files: Arc::new(MemoryFileSystem::new()) };
        for (path, text) in files {
            kit.files.insert(*path, *text);
        }
        kit
    }

    /// Writes files, or removes files and folders.
    pub(super) fn write(&self, files: &[(&str, Option<&str>)]) {
        for (path, text) in files {
            match text {
                Some(text) => self.files.insert(*path, *text),
                None => self.files.remove(*path),
            }
        }
    }

    /// A workspace without folders.
    pub(super) fn closed(&self) -> Workspace {
        Workspace::new(Arc::clone(&self.files) as Arc<dyn source::FileSystem>)
    }

    pub(super) fn open(&self, folders: &[&str]) -> Workspace {
        let mut workspace = self.closed();
        workspace.apply(folders.iter().map(|folder| Change::AddFolder(Utf8PathBuf::from(*folder))).collect());
        workspace
    }
}

/// One line for each project: its root and the files in it.
pub(super) fn members(workspace: &Workspace) -> Vec<String> {
    let snapshot = workspace.snapshot();
    let db = snapshot.db();
    snapshot
        .projects()
        .iter()
        .map(|project| {
            let mut line = format!("{}:", project.root(db));
            for (path, _) in project.files(db).list() {
                line.push(' ');
                line.push_str(path.as_str());
            }
            line
        })
        .collect()
}
