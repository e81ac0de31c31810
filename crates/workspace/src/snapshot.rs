//! A read-only view of the database at one revision.

use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use config::Problem;
use model::{Architecture, PathRole, Project};
use rustc_hash::FxHashMap;
use source::{File, Text, Unreadable};
use view::Finding;

use crate::{Accepted, Database, Failure, Typed};

/// A read-only view at one revision. Keep it short-lived: the writer waits for it.
///
/// Deliberately not `Clone`. Work on several threads goes through [`Snapshot::fork`], so that each clone is explicit.
pub struct Snapshot {
    pub(crate) database: Database,
    pub(crate) projects: Arc<[Project]>,
    pub(crate) problems: Arc<[Problem]>,
    pub(crate) baselines: Arc<[Arc<Accepted>]>,
    pub(crate) typed: Arc<FxHashMap<Utf8PathBuf, Typed>>,
    /// The revision it shows; a later one is greater.
    pub generation: u64,
    // Last: counted as gone only once the database is.
    pub(crate) outstanding: Outstanding,
}

/// Counts itself: the strong count of the inner pointer, minus the writer's own.
#[derive(Debug, Default, Clone)]
pub(crate) struct Outstanding(Arc<()>);

impl Outstanding {
    /// How many others there are.
    pub(crate) fn others(&self) -> usize {
        Arc::strong_count(&self.0) - 1
    }
}

impl Snapshot {
    /// The database, for queries.
    pub fn db(&self) -> &Database {
        &self.database
    }

    /// The opened folders, and the folders of files that were opened individually.
    pub fn projects(&self) -> &[Project] {
        &self.projects
    }

    /// Problems of the configuration files, sorted by file and position.
    pub fn config_problems(&self) -> &[Problem] {
        &self.problems
    }

    /// Problems of contracts in view of the existing modules and imports: known only once the project is.
    pub fn contract_problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        for project in self.projects() {
            for config in &project.configs(self.db()).list {
                let found = rules::query::contract_problems(self.db(), *project, config.folder.clone());
                problems.extend(found.iter().cloned());
            }
        }
        problems
    }

    /// The file at `path`, if it was ever seen.
    pub fn file(&self, path: &Utf8Path) -> Option<File> {
        self.database.files.get(path)
    }

    /// The project that checks the file at `path`; `None` if the file is excluded or not Python.
    pub fn project_of(&self, path: &Utf8Path) -> Option<(Project, File)> {
        let file = self.file(path)?;
        self.projects.iter().find_map(|project| {
            let relative = path.strip_prefix(project.root(&self.database)).ok()?;
            let files = project.files(&self.database).list();
            let index = files.binary_search_by(|(member, _)| member.as_path().cmp(relative)).ok()?;
            (files[index].1 == file).then_some((*project, file))
        })
    }

    /// The checked files of `project` that could not be read, or not as their author meant them, with the reason.
    pub fn unreadable(&self, project: Project) -> Vec<(Utf8PathBuf, Unreadable)> {
        let modules = model::query::modules(&self.database, project);
        modules
            .iter()
            .filter(|(_, info)| info.role == PathRole::Code)
            .filter_map(|(_, info)| {
                let reason = source::query::problem(&self.database, info.file)?;
                Some((info.path.clone(), reason))
            })
            .collect()
    }

    /// The reason why a file could not be read, or not as its author meant it.
    pub fn problem(&self, file: File) -> Option<Unreadable> {
        source::query::problem(&self.database, file)
    }

    /// Whether no text was typed since the snapshot was taken.
    pub fn is_newest(&self) -> bool {
        self.typed.values().all(Typed::is_newest)
    }

    /// The newest text of the open buffer at `path`, which may be ahead of what queries see.
    pub fn typed(&self, path: &Utf8Path) -> Option<&Typed> {
        self.typed.get(path)
    }

    /// The text of a file, as queries see it.
    pub fn text(&self, file: File) -> Arc<Text> {
        source::query::text(&self.database, file)
    }

    /// The architecture of a project.
    pub fn architecture(&self, project: Project) -> Arc<Architecture> {
        model::query::architecture(&self.database, project)
    }

    /// The findings of a file.
    pub fn check(&self, project: Project, file: File) -> Arc<[Finding]> {
        rules::query::check(&self.database, project, file)
    }

    /// Runs `work`, which may query the database, and turns cancellation and panics into a [`Failure`].
    ///
    /// # Errors
    /// See [`Failure`].
    pub fn catch<T>(&self, work: impl FnOnce(&Self) -> T) -> Result<T, Failure> {
        crate::failure::catch(&self.database, || work(self))
    }

    /// A second handle on the same revision, for a second thread.
    #[must_use]
    pub fn fork(&self) -> Self {
        Self {
            database: self.database.clone(),
            projects: Arc::clone(&self.projects),
            problems: Arc::clone(&self.problems),
            baselines: Arc::clone(&self.baselines),
            typed: Arc::clone(&self.typed),
            generation: self.generation,
            outstanding: self.outstanding.clone(),
        }
    }
}

/// A snapshot that rayon may move between threads.
pub(crate) struct Handle(Snapshot);

impl Clone for Handle {
    fn clone(&self) -> Self {
        Self(self.0.fork())
    }
}

impl Handle {
    pub(crate) fn of(snapshot: &Snapshot) -> Self {
        Self(snapshot.fork())
    }

    /// Does the work for one file of many. A panic costs this file, and a line in the log; a cancellation unwinds
    /// further.
    pub(crate) fn each<T>(&self, file: File, work: impl FnOnce(&Snapshot) -> T) -> Option<T> {
        match std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| work(&self.0))) {
            Ok(value) => Some(value),
            Err(payload) => match crate::failure::of_payload(self.0.db(), &*payload) {
                Failure::Cancelled => std::panic::resume_unwind(payload),
                Failure::Panicked(message) => {
                    tracing::error!(path = %file.path(self.0.db()), "panicked: {message}");
                    None
                }
            },
        }
    }
}
