//! Files opened outside every folder: each folder of such files is a small project of what is open there.
//!
//! Nothing else of that folder is read: it was not requested. The imports of such a file are therefore unknown, and the
//! rules report nothing about them. A file *inside* an opened folder that the walk leaves out (ignored, excluded,
//! installed) is not checked at all, open or not: it was left out on purpose.

use std::collections::BTreeMap;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use model::{Configs, Project};
use salsa::{Durability, Setter as _};

use super::Workspace;
use crate::Applied;

/// Projects of files opened individually, by folder.
#[derive(Debug, Default)]
pub(super) struct Loose {
    by_folder: BTreeMap<Utf8PathBuf, Project>,
    /// Projects of folders where nothing is open any more, for reuse.
    closed: BTreeMap<Utf8PathBuf, Project>,
}

impl Loose {
    pub(super) fn projects(&self) -> impl Iterator<Item = Project> + '_ {
        self.by_folder.values().copied()
    }
}

impl Workspace {
    pub(super) fn settle_loose(&mut self, applied: &mut Applied) {
        let mut wanted: BTreeMap<Utf8PathBuf, Vec<Utf8PathBuf>> = BTreeMap::new();
        for path in self.buffers.keys() {
            let is_loose = super::disk::is_python(path) && self.owner_of(path).is_none();
            if let Some(folder) = path.parent().filter(|_| is_loose) {
                wanted.entry(folder.to_owned()).or_default().push(path.clone());
            }
        }
        let gone: Vec<Utf8PathBuf> =
            self.loose.by_folder.keys().filter(|folder| !wanted.contains_key(*folder)).cloned().collect();
        for folder in gone {
            if let Some(project) = self.loose.by_folder.remove(&folder) {
                self.loose.closed.insert(folder, project);
            }
        }
        for (folder, paths) in wanted {
            self.settle_loose_folder(&folder, &paths, applied);
        }
    }

    fn settle_loose_folder(&mut self, folder: &Utf8Path, paths: &[Utf8PathBuf], applied: &mut Applied) {
        let mut list: Vec<_> = paths
            .iter()
            .filter_map(|path| Some((path.strip_prefix(folder).ok()?.to_owned(), self.file(path))))
            .collect();
        list.sort_by(|a, b| a.0.cmp(&b.0));
        let known = self.loose.by_folder.get(folder).copied().or_else(|| self.loose.closed.remove(folder));
        let project = known.unwrap_or_else(|| {
            Project::builder(folder.to_owned(), Arc::default(), Arc::new(Configs::default()))
                .durability(Durability::MEDIUM)
                .root_durability(Durability::HIGH)
                .new(&self.database)
        });
        self.loose.by_folder.insert(folder.to_owned(), project);
        let before = Arc::clone(project.files(&self.database));
        if before.list() != list {
            project.set_files(&mut self.database).to(Arc::new(before.followed_by(list)));
            applied.changed = true;
            applied.structural = true;
        }
    }
}
