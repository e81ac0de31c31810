//! The journal: the steps of a run, so that the next one can determine how far it got.

use std::io;

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};
use serde::{Deserialize, Serialize};

use super::stage::{self, folders, is_staged};
use super::step::is_nothing;
use super::{State, Step, WriteError};
use crate::{FileKind, FileSystem};

/// The name of the journal file.
pub(super) const NAME: &str = ".architrave-journal.json";

/// No run writes a larger journal.
const MAX_SIZE: u64 = 64 << 20;

/// The steps of a run, in order of execution.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Journal {
    pub(super) steps: Vec<Step>,
}

impl Journal {
    /// Reads the journal of a folder; `None` if there is none, or if its writing was interrupted. An incomplete journal
    /// is removed, because nothing else was started in that case.
    pub(super) fn read(fs: &dyn FileSystem, root: &Utf8Path) -> Result<Option<Self>, WriteError> {
        let path = root.join(NAME);
        let half = |error| WriteError::half(path.clone(), error);
        match fs.is_link(&path) {
            Err(error) if is_nothing(&error) => return Ok(None),
            Err(error) => return Err(half(error)),
            Ok(true) => return Err(half(io::Error::other("a journal is no link; remove it"))),
            Ok(false) => {}
        }
        let metadata = fs.metadata(&path).map_err(half)?;
        if metadata.kind != FileKind::File || metadata.stamp.size > MAX_SIZE {
            return Err(half(io::Error::other("no journal of ours; remove it")));
        }
        let bytes = fs.read(&path).map_err(half)?;
        // The text ends with its last bracket; truncated, it isn't valid JSON.
        let Ok(journal) = serde_json::from_slice::<Self>(&bytes) else {
            fs.remove(&path).map_err(half)?;
            return Ok(None);
        };
        if let Some(strange) = journal.strange(fs, root) {
            return Err(half(io::Error::other(format!(
                "names {strange}, which no run of ours would write to; remove the journal"
            ))));
        }
        Ok(Some(journal))
    }

    /// A path that no run would have recorded: it leads out of the folder, through a link, or uses another file as a
    /// temporary one. A journal may come from someone else, as part of a repository.
    fn strange(&self, fs: &dyn FileSystem, root: &Utf8Path) -> Option<Utf8PathBuf> {
        let is_inside = |path: &Utf8PathBuf| {
            let mut parts = path.components().peekable();
            let is_plain =
                parts.peek().is_some() && parts.all(|part| matches!(part, Utf8Component::Normal(_)));
            // For a path that doesn't exist yet, the nearest parent folder that does.
            let folder = root.join(path);
            let folder = folder.ancestors().skip(1).find(|folder| fs.is_link(folder).is_ok());
            is_plain && folder.is_some_and(|folder| fs.real_path(folder).is_ok_and(|real| real == folder))
        };
        let paths = self.steps.iter().flat_map(|step| match step {
            Step::Folder { path } => [Some((path, false)), None],
            Step::Create { path, staged, .. } | Step::Replace { path, staged, .. } => {
                [Some((path, false)), Some((staged, true))]
            }
            Step::Rename { from, to } => [Some((from, false)), Some((to, false))],
        });
        let mut paths = paths.flatten();
        paths
            .find(|(path, is_temporary)| !is_inside(path) || is_staged(path) != *is_temporary)
            .map(|(path, _)| path.clone())
    }

    pub(super) fn write(&self, fs: &dyn FileSystem, root: &Utf8Path) -> Result<(), WriteError> {
        let path = root.join(NAME);
        let failed = |error| WriteError::failed(path.clone(), error);
        let text = serde_json::to_vec(self).map_err(io::Error::from).map_err(failed)?;
        fs.create(&path, &text, None).map_err(failed)
    }

    /// Waits until the names of the journal and of all files that it mentions would survive a power failure.
    pub(super) fn sync(&self, fs: &dyn FileSystem, root: &Utf8Path) -> Result<(), WriteError> {
        let path = root.join(NAME);
        let folders = folders(&self.steps).into_iter().map(|folder| root.join(folder));
        // The names of folders that were added or removed by a rename are in their parents, which exist.
        let there = folders.filter(|folder| fs.is_link(folder).is_ok());
        let all = [path, root.to_owned()].into_iter().chain(there);
        for path in all {
            fs.sync(&path).map_err(|error| WriteError::failed(path, error))?;
        }
        Ok(())
    }

    /// The state of each step.
    pub(super) fn states(&self, fs: &dyn FileSystem, root: &Utf8Path) -> Result<Vec<State>, WriteError> {
        for (staged, _) in self.steps.iter().filter_map(Step::staged) {
            let staged = self.here(fs, root, staged);
            stage::finish_exchange(fs, &staged).map_err(|error| WriteError::half(staged, error))?;
        }
        let state = |step: &Step| {
            let here = |path: &Utf8Path| match step {
                Step::Rename { .. } => root.join(path),
                _ => self.here(fs, root, path),
            };
            step.state(fs, here).map_err(|error| WriteError::half(step.path(root), error))
        };
        self.steps.iter().map(state).collect()
    }

    /// The current path of something that had this path before the renames.
    pub(super) fn here(&self, fs: &dyn FileSystem, root: &Utf8Path, path: &Utf8Path) -> Utf8PathBuf {
        let mut here = path.to_owned();
        for step in &self.steps {
            let Step::Rename { from, to } = step else { continue };
            let Ok(rest) = here.strip_prefix(from) else { continue };
            if fs.is_link(&root.join(from)).is_err() && fs.is_link(&root.join(to)).is_ok() {
                here = if rest.as_str().is_empty() { to.clone() } else { to.join(rest) };
            }
        }
        root.join(here)
    }

    /// Removes the temporary files and, once they are gone, the journal itself.
    ///
    /// # Errors
    /// Those of the file system. Nothing is lost: the next run tries again.
    pub(super) fn discard(&self, fs: &dyn FileSystem, root: &Utf8Path) -> io::Result<()> {
        for (staged, _) in self.steps.iter().filter_map(Step::staged) {
            stage::remove(fs, &self.here(fs, root, staged))?;
        }
        fs.remove(&root.join(NAME))
    }
}
