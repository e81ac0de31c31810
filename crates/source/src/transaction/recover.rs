//! Recovery after a kill: completes or undoes what the previous run left half-finished.

use camino::{Utf8Path, Utf8PathBuf};

use super::journal::{Journal, NAME};
use super::settle::{Direction, Outcome, direction, settle};
use super::{Patience, Step, WriteError, lock, real_folder};
use crate::FileSystem;

/// The result of recovering an interrupted run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recovered {
    /// It was completed: these files have changed.
    Finished(Vec<Utf8PathBuf>),
    /// It was undone, because someone has restored old texts or edited them.
    TakenBack(Vec<Utf8PathBuf>),
    /// It remains half-finished: these files were edited since, some before and some after they were changed.
    Torn(Vec<Utf8PathBuf>),
}

impl std::fmt::Display for Recovered {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Recovered::Finished(paths) => {
                write!(
                    f,
                    "a run was cut off while it wrote; its changes are complete now ({} files)",
                    paths.len()
                )
            }
            Recovered::TakenBack(paths) => write!(
                f,
                "a run was cut off while it wrote and files were edited since; its changes are taken back ({} files)",
                paths.len()
            ),
            Recovered::Torn(paths) => write!(
                f,
                "a run was cut off while it wrote and these files were edited since, so that its changes can be neither completed nor taken back: {}",
                paths.iter().map(|path| path.as_str()).collect::<Vec<_>>().join(", ")
            ),
        }
    }
}

/// Completes or undoes an interrupted run in the workspace `root`; `None` if there is none, or if it had not started to
/// change files. Without one, this costs the lookup of a single path.
///
/// # Errors
/// A [`WriteError`]: a foreign journal, or files that can't be written.
pub fn recover(
    fs: &dyn FileSystem,
    root: &Utf8Path,
    patience: Patience,
) -> Result<Option<Recovered>, WriteError> {
    if fs.is_link(&root.join(NAME)).is_err() { Ok(None) } else { finish(fs, root, patience) }
}

/// Like [`recover`], for cases in which an interrupted run is likely; also removes a lock that was left behind.
///
/// # Errors
/// As [`recover`].
pub fn finish(
    fs: &dyn FileSystem,
    root: &Utf8Path,
    patience: Patience,
) -> Result<Option<Recovered>, WriteError> {
    let root = real_folder(fs, root)?;
    let _lock = lock(fs, &root, patience)?;
    recover_locked(fs, &root)
}

/// Like [`recover`], for the holder of the lock.
pub(super) fn recover_locked(fs: &dyn FileSystem, root: &Utf8Path) -> Result<Option<Recovered>, WriteError> {
    let Some(journal) = Journal::read(fs, root)? else { return Ok(None) };
    let direction = direction(&journal.states(fs, root)?);
    let outcome = settle(fs, root, &journal, direction)?;
    if direction != Direction::Nowhere {
        journal.sync(fs, root).map_err(WriteError::after_all)?;
    }
    // What can't be removed now is examined again by the next run.
    let _ = journal.discard(fs, root);
    let paths = || journal.steps.iter().map(|step: &Step| step.path(root)).collect();
    Ok(match (outcome, direction) {
        (Outcome::Torn(paths), _) => Some(Recovered::Torn(paths)),
        (Outcome::Whole, Direction::Nowhere) => None,
        (Outcome::Whole, Direction::Back) => Some(Recovered::TakenBack(paths())),
        (Outcome::Whole, Direction::Forward | Direction::Stay) => Some(Recovered::Finished(paths())),
    })
}
