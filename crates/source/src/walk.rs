//! Which files belong to a folder: Python sources and their configuration files.
//!
//! The walk is the same for the disk and for memory, level by level, so that depth needs no stack and the result
//! doesn't depend on thread scheduling. Exclusions are decided in [`exclude`] (by convention) and [`gitignore`] (by the
//! user). Links to files are followed. Links to folders are followed only out of the root, each once: a folder below
//! the root is found by its own path, and a module found twice would be two modules.

mod exclude;
mod gitignore;

use std::collections::BTreeSet;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use exclude::FolderView;
use gitignore::{Rules, Scope};

use crate::{DirEntry, FileKind, FileSystem, Stamp};

/// Below this number of folders in a level, threads cost more than they gain.
const PARALLEL_FROM: usize = 16;

/// How to walk.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct WalkOptions {
    /// Patterns (gitignore syntax, relative to the root) to exclude in addition to the defaults; a `!` prefix
    /// re-includes something that is excluded by default.
    pub exclude: Vec<String>,
}

/// The result of a walk, sorted by path.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Walk {
    /// Python sources (`.py`, and `.pyi` only if there is no `.py` beside it).
    pub sources: Vec<(Utf8PathBuf, Stamp)>,
    /// Files that may contain configuration: `architrave.toml`, `pyproject.toml`, `.importlinter`, `setup.cfg`,
    /// `tach.toml`, `setup.py`; and those with formatter settings: `ruff.toml`, `.isort.cfg`, `.editorconfig` and the
    /// like. A `setup.py` is among the sources too.
    pub configs: Vec<(Utf8PathBuf, Stamp)>,
    /// What could not be read, with the reason reported by the file system.
    pub problems: Vec<(Utf8PathBuf, String)>,
}

/// Walks `root`. Respects `.gitignore`; excludes virtual environments, caches, `node_modules`, and generated
/// `*_pb2*.py`.
pub fn walk(fs: &dyn FileSystem, root: &Utf8Path, options: &WalkOptions) -> Walk {
    walk_within(fs, root, root, options)
}

/// The part of [`walk`] at or below `within`, a folder or a file, for the events of a watcher. Folders between `root`
/// and `within` are listed but not walked. A `.pyi` is included or excluded depending on the `.py` beside it, so pass
/// the folder when a file was created or deleted.
pub fn walk_within(fs: &dyn FileSystem, root: &Utf8Path, within: &Utf8Path, options: &WalkOptions) -> Walk {
    walk_for(fs, root, within, options, None)
}

/// The files below `root` whose names satisfy `is_wanted`, sorted by path: files other than sources. Includes hidden
/// files, and hidden folders with workflows.
pub fn walk_texts(
    fs: &dyn FileSystem,
    root: &Utf8Path,
    options: &WalkOptions,
    is_wanted: Wanted<'_>,
) -> Vec<(Utf8PathBuf, Stamp)> {
    walk_for(fs, root, root, options, Some(is_wanted)).sources
}

/// Whether files with a given name are wanted.
type Wanted<'a> = &'a (dyn Fn(&str) -> bool + Sync);

/// Finds sources and their configuration, or wanted files instead.
fn walk_for(
    fs: &dyn FileSystem,
    root: &Utf8Path,
    within: &Utf8Path,
    options: &WalkOptions,
    wanted: Option<Wanted<'_>>,
) -> Walk {
    let mut found = Walk::default();
    let (user, problems) = Rules::of_patterns(root, &options.exclude);
    found.problems.extend(problems.into_iter().map(|problem| (root.to_owned(), problem)));
    let walker = Walker { fs, within, user, wanted };
    let mut seen_links = BTreeSet::new();
    let mut level = vec![Folder { path: root.to_owned(), scope: Scope::above(fs, root) }];
    while !level.is_empty() {
        let mut next = Vec::new();
        for listing in walker.list_all(&level) {
            found.sources.extend(listing.found.sources);
            found.configs.extend(listing.found.configs);
            found.problems.extend(listing.found.problems);
            next.extend(listing.folders);
            for link in listing.links {
                if leads_out(fs, root, &link.path, &mut seen_links) {
                    next.push(link);
                }
            }
        }
        level = next;
    }
    found.sources.sort();
    found.configs.sort();
    found.problems.sort();
    found
}

/// Whether a link leads out of the root to a folder that no earlier link led to and that doesn't contain the root.
fn leads_out(
    fs: &dyn FileSystem,
    root: &Utf8Path,
    link: &Utf8Path,
    seen: &mut BTreeSet<Utf8PathBuf>,
) -> bool {
    let (Ok(root), Ok(target)) = (fs.real_path(root), fs.real_path(link)) else { return false };
    if target.starts_with(&root) || root.starts_with(&target) {
        return false;
    }
    if seen.iter().any(|before| target.starts_with(before) || before.starts_with(&target)) {
        return false;
    }
    seen.insert(target)
}

/// A folder to be listed, with the ignore files that apply in it.
struct Folder {
    path: Utf8PathBuf,
    scope: Arc<Scope>,
}

/// The contents of one folder.
#[derive(Default)]
struct Listing {
    found: Walk,
    folders: Vec<Folder>,
    links: Vec<Folder>,
}

struct Walker<'a> {
    fs: &'a dyn FileSystem,
    within: &'a Utf8Path,
    user: Rules,
    /// Wanted instead of sources.
    wanted: Option<Wanted<'a>>,
}

impl Walker<'_> {
    /// One listing for each folder, in the same order.
    fn list_all(&self, folders: &[Folder]) -> Vec<Listing> {
        let threads = std::thread::available_parallelism().map_or(1, usize::from).min(8);
        if !self.fs.is_disk() || folders.len() < PARALLEL_FROM || threads < 2 {
            return folders.iter().map(|folder| self.list(folder)).collect();
        }
        std::thread::scope(|scope| {
            let share = folders.len().div_ceil(threads);
            let handles: Vec<_> = folders
                .chunks(share)
                .map(|chunk| {
                    scope.spawn(move || chunk.iter().map(|folder| self.list(folder)).collect::<Vec<_>>())
                })
                .collect();
            // A thread that panicked has already shown its message; only its listings are missing.
            handles.into_iter().flat_map(|handle| handle.join().unwrap_or_default()).collect()
        })
    }

    fn list(&self, folder: &Folder) -> Listing {
        let mut listing = Listing::default();
        let entries = match self.fs.read_dir(&folder.path) {
            Ok(entries) => entries,
            // It has vanished since its parent was listed; and a root that is a file has no entries but itself.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && folder.path != self.within => {
                return listing;
            }
            Err(error) => {
                listing.found.problems.push((folder.path.clone(), error.to_string()));
                return listing;
            }
        };
        let view = FolderView::new(&folder.path, &entries);
        let scope = Scope::enter(self.fs, &folder.scope, &folder.path, &view);
        for entry in &entries {
            self.sort_in(entry, &view, &scope, &mut listing);
        }
        listing
    }

    fn sort_in(&self, entry: &DirEntry, view: &FolderView<'_>, scope: &Arc<Scope>, listing: &mut Listing) {
        let is_folder = entry.kind == FileKind::Folder;
        let is_below = entry.path.starts_with(self.within);
        let leads_there = is_folder && self.within.starts_with(&entry.path);
        if !is_below && !leads_there {
            return;
        }
        let wanted = match (is_folder, self.wanted) {
            (true, Some(_)) => !exclude::is_hidden(entry) || exclude::holds_workflows(entry),
            (true, None) => !exclude::is_hidden(entry),
            (false, Some(_)) => self.is_wanted(entry),
            (false, None) => view.is_source(entry) || exclude::is_config(entry),
        };
        if !wanted || entry.kind == FileKind::Other {
            return;
        }
        match self.user.decide(&entry.path, is_folder) {
            Some(true) => return,
            Some(false) => {}
            None => {
                if scope.is_ignored(&entry.path, is_folder) || view.is_left_out(self.fs, entry) {
                    return;
                }
            }
        }
        if !entry.is_utf8 {
            listing.found.problems.push((entry.path.clone(), "the name is not UTF-8".to_owned()));
        } else if is_folder {
            let folder = Folder { path: entry.path.clone(), scope: Arc::clone(scope) };
            if entry.is_link { listing.links.push(folder) } else { listing.folders.push(folder) }
        } else {
            self.add_file(entry, view, &mut listing.found);
        }
    }

    fn is_wanted(&self, entry: &DirEntry) -> bool {
        let name = entry.path.file_name().unwrap_or_default();
        self.wanted.is_some_and(|is_wanted| entry.kind == FileKind::File && is_wanted(name))
    }

    fn add_file(&self, entry: &DirEntry, view: &FolderView<'_>, found: &mut Walk) {
        match self.fs.metadata(&entry.path) {
            Ok(metadata) => {
                if self.wanted.map_or_else(|| view.is_source(entry), |_| self.is_wanted(entry)) {
                    found.sources.push((entry.path.clone(), metadata.stamp));
                }
                if exclude::is_config(entry) {
                    found.configs.push((entry.path.clone(), metadata.stamp));
                }
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => found.problems.push((entry.path.clone(), error.to_string())),
        }
    }
}

#[cfg(test)]
mod tests;
