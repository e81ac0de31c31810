//! One touched path: what its content is now, and whether that means more than a changed file.

use std::collections::BTreeSet;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use salsa::{Durability, Setter as _};
use source::{Content, FileKind};

use super::Workspace;
use crate::Applied;

/// What settling the paths one by one could not settle.
#[derive(Debug, Default)]
pub(super) struct Pending {
    /// Sources that are there now and belong to no folder yet.
    pub(super) created: BTreeSet<Utf8PathBuf>,
    /// Members that are gone.
    pub(super) deleted: BTreeSet<Utf8PathBuf>,
    /// Folders whose set of files can only be known by walking: indices.
    pub(super) walk: BTreeSet<usize>,
    /// Configuration files that may say something else now.
    pub(super) configs: BTreeSet<Utf8PathBuf>,
}

/// What lies at a path for us.
enum Lies {
    Content(Content),
    Folder,
}

impl Workspace {
    pub(super) fn settle_path(&mut self, path: &Utf8Path, pending: &mut Pending, applied: &mut Applied) {
        let owner = self.owner_of(path);
        let content = match self.look(path) {
            Lies::Content(content) => content,
            Lies::Folder => {
                pending.walk.extend(owner);
                return;
            }
        };
        let is_absent = content == Content::Absent;
        if is_absent && self.database.files.get(path).is_none() {
            // Never seen as a file: a folder that is gone, or nothing of ours.
            if let Some(owner) = owner {
                self.note_deleted_below(owner, path, pending);
            }
            return;
        }
        if is_ignore_file(path) {
            pending.walk.extend(owner);
            return;
        }
        if configs_by_name(path) {
            pending.configs.insert(path.to_owned());
            if self.declared.knows(path) == is_absent {
                // Came or went: which folders are distributions is another set now.
                pending.walk.extend(owner);
            }
        }
        if is_python(path) {
            let member = self.is_member(path);
            if is_absent && member {
                pending.deleted.insert(path.to_owned());
            } else if !is_absent && !member {
                pending.created.insert(path.to_owned());
            }
        } else if !configs_by_name(path) {
            return;
        }
        self.set_content(path, content, applied);
    }

    /// Sets the content of a file where it differs.
    pub(super) fn set_content(&mut self, path: &Utf8Path, content: Content, applied: &mut Applied) {
        let file = self.file(path);
        if *file.content(&self.database) == content {
            return;
        }
        let durability = match content {
            Content::Open(_) => Durability::LOW,
            Content::Disk(_) | Content::Absent => Durability::MEDIUM,
        };
        file.set_content(&mut self.database).with_durability(durability).to(content);
        applied.changed = true;
    }

    /// What lies at `path`: the open buffer before the disk.
    fn look(&self, path: &Utf8Path) -> Lies {
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

/// Whether the walk would see it as a Python source.
pub(super) fn is_python(path: &Utf8Path) -> bool {
    matches!(path.extension(), Some("py" | "pyi"))
}

/// Whether it configures or marks a distribution, by its name.
pub(super) fn configs_by_name(path: &Utf8Path) -> bool {
    config::kind_of(path).is_some() || path.file_name() == Some("setup.py")
}

fn is_ignore_file(path: &Utf8Path) -> bool {
    matches!(path.file_name(), Some(".gitignore" | ".ignore"))
}
