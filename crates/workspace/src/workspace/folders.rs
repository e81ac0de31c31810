//! Opened folders: which files belong to each, and the inputs that contain them.

use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use model::{Configs, FileSet, Project};
use salsa::{Durability, Setter as _};
use source::{Content, File, Stamp, WalkOptions, walk, walk_within};

use super::disk::{Lies, Pending};
use super::{Touched, Workspace};
use crate::Applied;

/// From this many paths on, walking the whole folder is cheaper.
const WALK_FROM: usize = 48;

/// Folders without the project's own code.
const FOREIGN: [&str; 3] = ["__pycache__", "node_modules", "site-packages"];

/// An opened folder.
#[derive(Debug)]
pub(super) struct Folder {
    /// Absolute.
    pub(super) root: Utf8PathBuf,
    /// Its project; `None` if it is inside another opened folder, whose project knows more.
    pub(super) project: Option<Project>,
    /// Files below (and above) the root that configure or mark distributions, sorted.
    pub(super) configs: Vec<Utf8PathBuf>,
    /// The exclusions of the last walk; `None` before the first.
    walked_with: Option<WalkOptions>,
}

impl Workspace {
    pub(super) fn note_folder(&mut self, root: Utf8PathBuf) {
        if self.folders.iter().all(|folder| folder.root != root) {
            self.database.store.open(&root);
            self.folders.push(Folder { root, project: None, configs: Vec::new(), walked_with: None });
            // Outer folders first: the first that contains a path owns it.
            self.folders.sort_by(|a, b| a.root.cmp(&b.root));
        }
    }

    /// The outermost opened folder around `path`.
    pub(super) fn owner_of(&self, path: &Utf8Path) -> Option<usize> {
        self.folders.iter().position(|folder| path.starts_with(&folder.root))
    }

    /// Whether the project of an opened folder contains `path`.
    pub(super) fn is_member(&self, path: &Utf8Path) -> bool {
        let Some(folder) = self.owner_of(path).map(|owner| &self.folders[owner]) else { return false };
        let (Some(project), Ok(relative)) = (folder.project, path.strip_prefix(&folder.root)) else {
            return false;
        };
        find(project.files(&self.database), relative).is_ok()
    }

    /// Whether an opened folder counts `path` among its configuration files.
    pub(super) fn is_configuring(&self, path: &Utf8Path) -> bool {
        self.folders.iter().any(|folder| folder.configs.iter().any(|config| config == path))
    }

    pub(super) fn settle_folders(&mut self, touched: &Touched, pending: &Pending, applied: &mut Applied) {
        for path in &pending.configs {
            self.declared.forget(path);
        }
        for index in 0..self.folders.len() {
            let is_new = self.folders[index].walked_with.is_none();
            let look: Vec<&Utf8Path> = pending
                .look
                .iter()
                .filter(|path| path.starts_with(&self.folders[index].root))
                .map(Utf8PathBuf::as_path)
                .collect();
            let walk = touched.rescan || is_new || pending.walk.contains(&index) || look.len() > WALK_FROM;
            if !walk && !touched.folders && look.is_empty() && pending.configs.is_empty() {
                continue;
            }
            if self.is_inside_another(index) {
                self.folders[index].project = None;
            } else if walk || self.folders[index].project.is_none() {
                self.walk_folder(index, applied);
            } else {
                self.look_again(index, &look, applied);
                self.settle_configs(index, applied);
            }
        }
        let folders = &self.folders;
        self.declared
            .retain(|path| folders.iter().any(|folder| folder.configs.iter().any(|config| config == path)));
    }

    fn is_inside_another(&self, index: usize) -> bool {
        let root = &self.folders[index].root;
        self.folders[..index].iter().any(|outer| {
            root.starts_with(&outer.root)
                && outer.project.is_some_and(|project| {
                    let relative = root.strip_prefix(&outer.root).unwrap_or(root);
                    let list = project.files(&self.database).list();
                    let start = list.partition_point(|(member, _)| member.as_path() < relative);
                    list.get(start).is_some_and(|(member, _)| member.starts_with(relative))
                })
        })
    }

    /// Walks a folder and updates its inputs.
    fn walk_folder(&mut self, index: usize, applied: &mut Applied) {
        let root = self.folders[index].root.clone();
        let above = self.configs_above(&root);
        // The exclusions of the nearest configuration are known before the walk. One found below may exclude more,
        // which a second walk then honours; a third would be for a configuration that excludes itself.
        self.folders[index].configs = [above.clone(), self.configs_in(&root)].concat();
        let mut configs = self.read_configs(index);
        for _ in 0..2 {
            let options = WalkOptions { exclude: super::configs::excludes(&configs, &root) };
            let found = walk(&*self.database.file_system, &root, &options);
            for (path, reason) in &found.problems {
                tracing::warn!(%path, "left out: {reason}");
            }
            let mut members = self.set_found_sources(&root, found.sources, applied);
            self.add_unsaved(&root, &mut members);
            let configs_below = self.set_found_configs(found.configs, applied);
            self.folders[index].configs = [above.clone(), configs_below].concat();
            configs = self.read_configs(index);
            self.set_members(index, members, applied);
            let settled = super::configs::excludes(&configs, &root) == options.exclude;
            self.folders[index].walked_with = Some(options);
            if settled {
                break;
            }
        }
        self.set_configs(index, configs, applied);
    }

    /// Updates the input of a file found by a walk: the open buffer takes precedence over the disk.
    fn set_found(&mut self, path: &Utf8Path, stamp: Stamp, applied: &mut Applied) -> File {
        let content = match self.buffers.get(path) {
            Some(buffer) => Content::Open(Arc::clone(buffer.text.shared())),
            None => Content::Disk(stamp),
        };
        self.set_content(path, content, applied);
        self.file(path)
    }

    fn set_found_sources(
        &mut self,
        root: &Utf8Path,
        sources: Vec<(Utf8PathBuf, Stamp)>,
        applied: &mut Applied,
    ) -> Vec<(Utf8PathBuf, File)> {
        let mut members = Vec::with_capacity(sources.len());
        for (path, stamp) in sources {
            let file = self.set_found(&path, stamp, applied);
            if let Ok(relative) = path.strip_prefix(root) {
                members.push((relative.to_owned(), file));
            }
        }
        members.sort_by(|a: &(Utf8PathBuf, File), b| a.0.cmp(&b.0));
        members
    }

    fn set_found_configs(
        &mut self,
        configs: Vec<(Utf8PathBuf, Stamp)>,
        applied: &mut Applied,
    ) -> Vec<Utf8PathBuf> {
        let mut paths = Vec::with_capacity(configs.len());
        for (path, stamp) in configs {
            let before = self.database.files.get(&path).map(|file| file.content(&self.database).clone());
            let file = self.set_found(&path, stamp, applied);
            if before.as_ref() != Some(file.content(&self.database)) {
                self.declared.forget(&path);
            }
            paths.push(path);
        }
        paths
    }

    /// Open buffers that were never saved: a walk can't see them. Ignore files are not consulted for them; only
    /// exclusions by name apply.
    fn add_unsaved(&self, root: &Utf8Path, members: &mut Vec<(Utf8PathBuf, File)>) {
        for path in self.buffers.keys() {
            let Ok(relative) = path.strip_prefix(root) else { continue };
            let plain = relative.iter().all(|name| !name.starts_with('.') && !FOREIGN.contains(&name));
            let unsaved = || self.database.file_system.metadata(path).is_err();
            if !(plain && super::disk::is_python(path) && unsaved()) {
                continue;
            }
            if let Err(at) = members.binary_search_by(|(member, _)| member.as_path().cmp(relative)) {
                members.insert(at, (relative.to_owned(), self.file(path)));
            }
        }
    }

    /// Updates what is at or below some paths.
    fn look_again(&mut self, index: usize, paths: &[&Utf8Path], applied: &mut Applied) {
        let Some(options) = self.folders[index].walked_with.clone() else { return };
        let Some(project) = self.folders[index].project else { return };
        if paths.is_empty() {
            return;
        }
        let root = self.folders[index].root.clone();
        let mut members = project.files(&self.database).list().to_vec();
        let mut configs = self.folders[index].configs.clone();
        for path in paths {
            let Ok(relative) = path.strip_prefix(&root) else { continue };
            let found = walk_within(&*self.database.file_system, &root, path, &options);
            let below = members.partition_point(|(member, _)| member.as_path() < relative);
            let count =
                members[below..].iter().take_while(|(member, _)| member.starts_with(relative)).count();
            let sources = self.set_found_sources(&root, found.sources, applied);
            members.splice(below..below + count, sources);
            configs.retain(|config| !config.starts_with(path));
            configs.extend(self.set_found_configs(found.configs, applied));
        }
        configs.sort();
        self.add_unsaved(&root, &mut members);
        self.folders[index].configs = configs;
        self.set_members(index, members, applied);
    }

    /// Sets the files of a folder's project if they differ, and marks those that left as gone.
    fn set_members(&mut self, index: usize, list: Vec<(Utf8PathBuf, File)>, applied: &mut Applied) {
        let Some(project) = self.folders[index].project else {
            let project = Project::builder(
                self.folders[index].root.clone(),
                Arc::new(FileSet::new(list)),
                Arc::new(Configs::default()),
            )
            .durability(Durability::MEDIUM)
            .root_durability(Durability::HIGH)
            .new(&self.database);
            self.folders[index].project = Some(project);
            applied.changed = true;
            applied.structural = true;
            return;
        };
        let before = Arc::clone(project.files(&self.database));
        if before.list() == list {
            return;
        }
        let gone: Vec<Utf8PathBuf> = before
            .list()
            .iter()
            .filter(|(relative, _)| list.binary_search_by(|(member, _)| member.cmp(relative)).is_err())
            .map(|(relative, _)| self.folders[index].root.join(relative))
            .collect();
        for path in gone {
            // Excluded now, but perhaps still there: another opened folder may contain it.
            if let Lies::Content(content) = self.look(&path) {
                self.set_content(&path, content, applied);
            }
        }
        project.set_files(&mut self.database).to(Arc::new(before.followed_by(list)));
        applied.changed = true;
        applied.structural = true;
    }

    /// Reads the configuration of a folder again; walks again if its exclusions have changed.
    fn settle_configs(&mut self, index: usize, applied: &mut Applied) {
        let configs = self.read_configs(index);
        let exclude = super::configs::excludes(&configs, &self.folders[index].root);
        if self.folders[index].walked_with.as_ref().is_some_and(|options| options.exclude != exclude) {
            self.walk_folder(index, applied);
        } else {
            self.set_configs(index, configs, applied);
        }
    }

    fn set_configs(&mut self, index: usize, configs: Configs, applied: &mut Applied) {
        let Some(project) = self.folders[index].project else { return };
        if **project.configs(&self.database) != configs {
            project.set_configs(&mut self.database).to(Arc::new(configs));
            applied.changed = true;
            applied.structural = true;
        }
    }
}

/// Where `relative` is among the files, or would be.
pub(super) fn find(files: &FileSet, relative: &Utf8Path) -> Result<usize, usize> {
    files.list().binary_search_by(|(member, _)| member.as_path().cmp(relative))
}
