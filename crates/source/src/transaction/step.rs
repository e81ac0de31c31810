//! A single step: how it is done and undone, and how its files show its state.

use std::io;

use camino::{Utf8Path, Utf8PathBuf};
use serde::{Deserialize, Serialize};

use super::stage::Digest;
use crate::FileSystem;

/// One step of a transaction, as recorded in the journal. All paths are relative to the journal's folder and free of
/// links.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Step {
    /// Creates a folder.
    Folder { path: Utf8PathBuf },
    /// Gives a staged file its final name.
    Create { path: Utf8PathBuf, staged: Utf8PathBuf, new: Digest },
    /// Exchanges a staged file with the existing one.
    Replace { path: Utf8PathBuf, staged: Utf8PathBuf, old: Digest, new: Digest },
    /// Moves a file or folder to another path.
    Rename { from: Utf8PathBuf, to: Utf8PathBuf },
}

/// The state of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// Not done, but possible.
    Undone,
    /// Done.
    Done,
    /// Done, but the displaced contents are not the expected ones: a newer text, which must be restored.
    Displaced,
    /// Undone by someone else, or never staged: it can't be done.
    Reverted,
    /// Not done, and the temporary file has unknown contents: staging was incomplete, or the step was undone at the
    /// moment when someone else wrote.
    Superseded,
    /// Not done, and the target has been changed since.
    ChangedBefore,
    /// Done, and the target has been changed since.
    ChangedAfter,
    /// The target was changed, and it can't be determined whether the step was done before.
    Changed,
    /// Irrelevant.
    Neutral,
}

impl Step {
    /// The changed path; absolute.
    pub(super) fn path(&self, root: &Utf8Path) -> Utf8PathBuf {
        root.join(match self {
            Step::Folder { path } | Step::Create { path, .. } | Step::Replace { path, .. } => path,
            Step::Rename { to, .. } => to,
        })
    }

    /// The temporary file and its target.
    pub(super) fn staged(&self) -> Option<(&Utf8Path, &Utf8Path)> {
        match self {
            Step::Create { path, staged, .. } | Step::Replace { path, staged, .. } => Some((staged, path)),
            Step::Folder { .. } | Step::Rename { .. } => None,
        }
    }

    /// Performs the step. `here` returns the current path of something that had a path before the renames.
    pub(super) fn carry_out(
        &self,
        fs: &dyn FileSystem,
        root: &Utf8Path,
        here: impl Fn(&Utf8Path) -> Utf8PathBuf,
    ) -> io::Result<()> {
        match self {
            Step::Folder { path } => match fs.create_folder(&root.join(path)) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
                outcome => outcome,
            },
            Step::Create { path, staged, .. } => fs.rename(&here(staged), &here(path)),
            Step::Replace { path, staged, .. } => fs.exchange(&here(staged), &here(path)),
            Step::Rename { from, to } => fs.rename(&root.join(from), &root.join(to)),
        }
    }

    /// Undoes the step.
    pub(super) fn undo(
        &self,
        fs: &dyn FileSystem,
        root: &Utf8Path,
        here: impl Fn(&Utf8Path) -> Utf8PathBuf,
    ) -> io::Result<()> {
        match self {
            // It may not exist, or may be in use by others.
            Step::Folder { path } => fs.remove(&root.join(path)).or(Ok(())),
            Step::Create { path, staged, .. } => fs.rename(&here(path), &here(staged)),
            Step::Replace { path, staged, .. } => fs.exchange(&here(staged), &here(path)),
            Step::Rename { from, to } => fs.rename(&root.join(to), &root.join(from)),
        }
    }

    /// The state of the step. `here` returns the current path of something that had a path before the renames.
    pub(super) fn state(
        &self,
        fs: &dyn FileSystem,
        here: impl Fn(&Utf8Path) -> Utf8PathBuf,
    ) -> io::Result<State> {
        Ok(match self {
            Step::Folder { .. } => State::Neutral,
            Step::Create { path, staged, new } => {
                let (target, staged) = (Found::at(fs, &here(path))?, Found::at(fs, &here(staged))?);
                match (target, staged) {
                    (Found::File(target), _) if target == *new => State::Done,
                    (Found::Nothing, Found::File(staged)) if staged == *new => State::Undone,
                    (Found::Nothing, Found::Nothing) => State::Reverted,
                    (Found::Nothing, _) => State::Superseded,
                    (_, Found::File(staged)) if staged == *new => State::ChangedBefore,
                    _ => State::Changed,
                }
            }
            Step::Replace { path, staged, old, new } => {
                let (target, staged) = (Found::at(fs, &here(path))?, Found::at(fs, &here(staged))?);
                let (is_old, is_new) = (target == Found::File(*old), target == Found::File(*new));
                match staged {
                    Found::File(staged) if is_new && staged != *old && staged != *new => State::Displaced,
                    _ if is_new => State::Done,
                    Found::File(staged) if is_old && staged == *new => State::Undone,
                    Found::File(staged) if is_old && staged != *old => State::Superseded,
                    _ if is_old => State::Reverted,
                    Found::File(staged) if staged == *new => State::ChangedBefore,
                    Found::File(staged) if staged == *old => State::ChangedAfter,
                    _ => State::Changed,
                }
            }
            Step::Rename { from, to } => {
                match (Found::is_there(fs, &here(from))?, Found::is_there(fs, &here(to))?) {
                    (true, false) => State::Undone,
                    (false, true) => State::Done,
                    (true, true) => State::ChangedBefore,
                    (false, false) => State::Changed,
                }
            }
        })
    }
}

/// What exists at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Found {
    Nothing,
    File(Digest),
    Other,
}

impl Found {
    fn at(fs: &dyn FileSystem, path: &Utf8Path) -> io::Result<Self> {
        match fs.is_link(path) {
            Err(error) if is_nothing(&error) => return Ok(Self::Nothing),
            Err(error) => return Err(error),
            Ok(true) => return Ok(Self::Other),
            Ok(false) => {}
        }
        match fs.metadata(path).map(|metadata| metadata.kind) {
            Ok(crate::FileKind::File) => fs.read(path).map(|bytes| Self::File(Digest::of(&bytes))),
            Ok(_) => Ok(Self::Other),
            Err(error) => Err(error),
        }
    }

    fn is_there(fs: &dyn FileSystem, path: &Utf8Path) -> io::Result<bool> {
        match fs.is_link(path) {
            Ok(_) => Ok(true),
            Err(error) if is_nothing(&error) => Ok(false),
            Err(error) => Err(error),
        }
    }
}

/// Whether a failure means that nothing exists there.
pub(super) fn is_nothing(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}
