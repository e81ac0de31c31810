//! The writer: takes changes in order, and sets an input only if its value differs.
//!
//! Changes are first recorded (which buffers, which paths, which folders to walk again) and then settled once for the
//! whole batch: a burst of keystrokes sets one input, a branch switch walks once.

mod baselines;
mod buffers;
mod configs;
mod disk;
mod folders;
mod loose;

use std::collections::BTreeSet;
use std::sync::Arc;

use cache::Store;
use camino::{Utf8Path, Utf8PathBuf};
use config::Problem;
use model::Project;
use rustc_hash::FxHashMap;
use salsa::Database as _;
use source::{File, FileSystem};

use self::buffers::Buffer;
use self::configs::Declared;
use self::folders::Folder;
use self::loose::Loose;
use crate::database::ExecutionListener;
use crate::snapshot::Outstanding;
use crate::{Accepted, Applied, BaselineChoice, Change, Database, Overlay, Snapshot, Typed};

/// Owns all mutable state. Stays on one thread.
pub struct Workspace {
    database: Database,
    folders: Vec<Folder>,
    loose: Loose,
    buffers: FxHashMap<Utf8PathBuf, Buffer>,
    /// The text typed in them.
    typed: Arc<FxHashMap<Utf8PathBuf, Typed>>,
    /// Buffers whose newest text is not yet visible to queries.
    unsettled: BTreeSet<Utf8PathBuf>,
    declared: Declared,
    projects: Arc<[Project]>,
    problems: Arc<[Problem]>,
    baselines: Arc<[Arc<Accepted>]>,
    baseline_choice: BaselineChoice,
    overlay: Overlay,
    generation: u64,
    outstanding: Outstanding,
}

/// What a batch of changes touched, before it is settled.
#[derive(Debug, Default)]
struct Touched {
    /// Files that were edited.
    edited: BTreeSet<Utf8PathBuf>,
    /// Files that may have been added or removed.
    moved: BTreeSet<Utf8PathBuf>,
    /// Walk every folder again.
    rescan: bool,
    /// Folders were added or removed.
    folders: bool,
}

impl Workspace {
    /// An empty workspace over `file_system`.
    pub fn new(file_system: Arc<dyn FileSystem>) -> Self {
        Self::over(Database::new(file_system))
    }

    /// As [`Workspace::new`], calling `listener` for each executed query: for tests of the cost of an edit.
    pub fn with_listener(file_system: Arc<dyn FileSystem>, listener: ExecutionListener) -> Self {
        Self::over(Database::with_listener(file_system, listener))
    }

    /// With the cache of earlier runs in `store`. To be called before anything is opened.
    #[must_use]
    pub fn keeping(mut self, store: Store) -> Self {
        self.database.store = store;
        self
    }

    /// The cache of earlier runs.
    pub fn store(&self) -> &Store {
        &self.database.store
    }

    fn over(database: Database) -> Self {
        Self {
            database,
            folders: Vec::new(),
            loose: Loose::default(),
            buffers: FxHashMap::default(),
            typed: Arc::default(),
            unsettled: BTreeSet::new(),
            declared: Declared::default(),
            projects: Arc::new([]),
            problems: Arc::new([]),
            baselines: Arc::new([]),
            baseline_choice: BaselineChoice::default(),
            overlay: Overlay::default(),
            generation: 0,
            outstanding: Outstanding::default(),
        }
    }

    /// Applies changes in order, and text typed before. Waits until all snapshots are gone if an input changes.
    pub fn apply(&mut self, changes: Vec<Change>) -> Applied {
        let mut applied = Applied::default();
        let mut touched = Touched { edited: std::mem::take(&mut self.unsettled), ..Touched::default() };
        for change in changes {
            self.note(change, &mut touched, &mut applied);
        }
        self.settle(&touched, &mut applied);
        if self.typed.values().any(|typed| typed.seen != typed.number) {
            for typed in Arc::make_mut(&mut self.typed).values_mut() {
                typed.seen = typed.number;
            }
        }
        if applied.changed {
            self.generation += 1;
        }
        applied
    }

    /// Takes edits of buffers without showing them to queries: no reader is cancelled, and nothing waits. The next
    /// [`Workspace::apply`] shows them. Until then they are in [`Snapshot::typed`].
    pub fn type_in(&mut self, edits: Vec<Change>) -> Applied {
        if !edits.iter().all(|change| matches!(change, Change::Edit { .. })) {
            return self.apply(edits);
        }
        let (mut touched, mut applied) = (Touched::default(), Applied::default());
        for edit in edits {
            self.note(edit, &mut touched, &mut applied);
        }
        self.unsettled.append(&mut touched.edited);
        applied
    }

    /// Whether there is typed text that queries don't see yet.
    pub fn is_unsettled(&self) -> bool {
        !self.unsettled.is_empty()
    }

    /// The newest text of the open buffer at `path`.
    pub fn typed(&self, path: &Utf8Path) -> Option<&Typed> {
        self.typed.get(path)
    }

    /// A view of the current state.
    pub fn snapshot(&self) -> Snapshot {
        Snapshot {
            database: self.database.clone(),
            projects: Arc::clone(&self.projects),
            problems: Arc::clone(&self.problems),
            baselines: Arc::clone(&self.baselines),
            typed: Arc::clone(&self.typed),
            generation: self.generation,
            outstanding: self.outstanding.clone(),
        }
    }

    /// The generation of the current state.
    pub fn generation(&self) -> u64 {
        self.generation
    }

    /// The number of snapshots (including forks) in use: a write waits for them.
    pub fn outstanding(&self) -> usize {
        self.outstanding.others()
    }

    /// Drops the texts and trees that were not used lately. Waits until all snapshots are gone.
    pub fn evict(&mut self) {
        self.database.trigger_lru_eviction();
    }

    /// The editor's version of an open buffer.
    pub fn version(&self, path: &Utf8Path) -> Option<i32> {
        self.buffers.get(path).map(|buffer| buffer.version)
    }

    fn note(&mut self, change: Change, touched: &mut Touched, applied: &mut Applied) {
        match change {
            Change::AddFolder(root) => {
                self.note_folder(root);
                touched.folders = true;
            }
            Change::RemoveFolder(root) => {
                self.folders.retain(|folder| folder.root != root);
                touched.folders = true;
            }
            Change::Open { path, version, text } => {
                self.open(path.clone(), version, text);
                touched.moved.insert(path);
            }
            Change::Edit { path, version, edits, encoding } => {
                match self.edit(&path, version, &edits, encoding) {
                    Ok(()) => drop(touched.edited.insert(path)),
                    Err(reason) => applied.refused.push(crate::Refusal { path, reason }),
                }
            }
            Change::Close(path) => match self.close(&path) {
                Ok(()) => drop(touched.moved.insert(path)),
                Err(reason) => applied.refused.push(crate::Refusal { path, reason }),
            },
            Change::Disk(paths) => touched.moved.extend(paths),
            Change::Baselines(choice) => {
                self.baseline_choice = choice;
                touched.folders = true;
            }
            Change::Overlay(overlay) => {
                self.overlay = overlay;
                touched.folders = true;
            }
            Change::Rescan => touched.rescan = true,
        }
    }

    /// Updates the inputs according to what was recorded.
    fn settle(&mut self, touched: &Touched, applied: &mut Applied) {
        let mut pending = disk::Pending::default();
        for path in touched.edited.difference(&touched.moved) {
            self.settle_path(path, false, &mut pending, applied);
        }
        for path in &touched.moved {
            self.settle_path(path, true, &mut pending, applied);
        }
        self.settle_folders(touched, &pending, applied);
        self.settle_loose(applied);
        let projects: Arc<[Project]> =
            self.folders.iter().filter_map(|folder| folder.project).chain(self.loose.projects()).collect();
        if projects != self.projects {
            self.projects = projects;
            applied.changed = true;
            applied.structural = true;
        }
        self.settle_baselines(touched, applied);
        let problems = self.declared.problems();
        if *problems != *self.problems {
            self.problems = problems.into();
            applied.changed = true;
        }
    }

    /// The input for `path`, created if the path is new.
    fn file(&self, path: &Utf8Path) -> File {
        self.database.files.get(path).unwrap_or_else(|| {
            let file = File::builder(path.to_owned(), source::Content::Absent)
                .durability(salsa::Durability::MEDIUM)
                .path_durability(salsa::Durability::HIGH)
                .new(&self.database);
            self.database.files.insert(path.to_owned(), file);
            file
        })
    }
}

#[cfg(test)]
mod tests;
