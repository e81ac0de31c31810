//! One touched path: its current content, and whether more than the file has changed.

use std::collections::BTreeSet;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use salsa::{Durability, Setter as _};
use source::{Content, FileKind};

use super::Workspace;
use crate::Applied;

/// What could not be settled path by path: which files belong to the folders.
#[derive(Debug, Default)]
pub(super) struct Pending {
    /// Files that were added or removed, and folders: only a walk shows whether they belong.
    pub(super) look: BTreeSet<Utf8PathBuf>,
    /// Folders to walk completely: indices.
    pub(super) walk: BTreeSet<usize>,
    /// Configuration files whose contents may have changed.
    pub(super) configs: BTreeSet<Utf8PathBuf>,
}

/// What is at a path.
pub(super) enum Lies {
    /// A file, or nothing.
    Content(Content),
    /// A folder.
    Folder,
}

impl Workspace {
    /// Updates the content of one file, and records further consequences: `moved` means that it may have been added or
    /// removed.
    pub(super) fn settle_path(
        &mut self,
        path: &Utf8Path,
        moved: bool,
        pending: &mut Pending,
        applied: &mut Applied,
    ) {
        let owner = self.owner_of(path);
        if path.file_name() == Some(".gitignore") {
            pending.walk.extend(owner);
            return;
        }
        let Lies::Content(content) = self.look(path) else {
            pending.look.insert(path.to_owned());
            return;
        };
        let is_absent = content == Content::Absent;
        let is_config = configs_by_name(path);
        if !is_config && !is_python(path) {
            if is_absent {
                // A removed folder, or an irrelevant file.
                pending.look.insert(path.to_owned());
            }
            return;
        }
        if is_config {
            pending.configs.insert(path.to_owned());
        }
        let is_known = self.is_member(path) || (is_config && self.is_configuring(path));
        // A buffer may be open before it is first saved: then the disk decides as well, and again when it is closed,
        // since the saved file may be where a walk doesn't look.
        let was_open = self
            .database
            .files
            .get(path)
            .is_some_and(|file| matches!(file.content(&self.database), Content::Open(_)));
        if is_absent == is_known || (moved && (was_open || self.buffers.contains_key(path))) {
            pending.look.insert(path.to_owned());
            // A stub only counts if there is no source beside it.
            pending.look.extend(beside(path));
        }
        if !is_absent || self.database.files.get(path).is_some() {
            self.set_content(path, content, applied);
        }
    }

    /// Sets the content of a file if it differs.
    pub(super) fn set_content(&mut self, path: &Utf8Path, content: Content, applied: &mut Applied) {
        let file = self.file(path);
        if *file.content(&self.database) == content {
            return;
        }
        let durability = match content {
            Content::Open(_) => Durability::LOW,
            Content::Disk(_) | Content::Absent => {
                self.database.open_trees.close(file);
                Durability::MEDIUM
            }
        };
        file.set_content(&mut self.database).with_durability(durability).to(content);
        applied.changed = true;
        applied.contents += 1;
    }

    /// What is at `path`: the open buffer takes precedence over the disk.
    pub(super) fn look(&self, path: &Utf8Path) -> Lies {
        if let Some(buffer) = self.buffers.get(path) {
            return Lies::Content(Content::Open(Arc::clone(buffer.text.shared())));
        }
        match self.database.file_system.metadata(path) {
            Ok(metadata) => match metadata.kind {
                FileKind::File => Lies::Content(Content::Disk(metadata.stamp)),
                FileKind::Folder => Lies::Folder,
                FileKind::Other => Lies::Content(Content::Absent),
            },
            Err(_) => Lies::Content(Content::Absent),
        }
    }
}

/// Whether a walk treats it as a Python source.
pub(super) fn is_python(path: &Utf8Path) -> bool {
    matches!(path.extension(), Some("py" | "pyi"))
}

/// Whether it configures or marks a distribution, by its name.
pub(super) fn configs_by_name(path: &Utf8Path) -> bool {
    config::kind_of(path).is_some() || config::is_formatting(path) || path.file_name() == Some("setup.py")
}

/// The source beside a stub, or the stub beside a source.
fn beside(path: &Utf8Path) -> Option<Utf8PathBuf> {
    match path.extension()? {
        "py" => Some(path.with_extension("pyi")),
        "pyi" => Some(path.with_extension("py")),
        _ => None,
    }
}
