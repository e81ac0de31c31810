//! Atomic writing: either all changes of a run are made, or none.
//!
//! No file system can change several files atomically, so a [`Transaction`] emulates it:
//! 1. Each target is checked: it must contain the bytes that its new text was derived from, be inside the workspace
//!    after resolving links, and be writable. A link to a file inside the workspace is preserved, and its target is
//!    written.
//! 2. A journal in the workspace folder records what will be done. Then the new contents are written to temporary files
//!    beside their targets, and everything is synced.
//! 3. Each temporary file is exchanged with its target, so that it then contains the old text. The displaced contents
//!    are compared with the expected ones: if another program has written in the meantime, everything is exchanged
//!    back.
//! 4. The temporary files and the journal are removed.
//!
//! The contents on both sides show whether a step is done, so the journal is written once and never changed. After a
//! kill at any moment the next run can determine what to do ([`recover`]): if nothing was exchanged, the temporary
//! files are removed; otherwise the remaining steps are completed. If someone has restored old texts or edited files
//! since, a consistent state is reached in that direction where possible, and their changes are never overwritten.
//!
//! Remaining limitations: a power failure (or a kill of all processes at once) in step 3 leaves some files old and some
//! new until the next run, each of them complete; on a disk that falsely reports writes as finished, anything may
//! happen. A program that opened a file before step 3 and writes to it after the comparison writes to the displaced
//! text. Hard links, access control lists and extended attributes of a replaced file aren't preserved, and on Windows
//! folders can't be synced.

mod error;
mod journal;
mod recover;
mod rewrite;
mod settle;
mod stage;
mod step;
mod target;

use std::any::Any;
use std::time::{Duration, Instant};

use camino::{Utf8Path, Utf8PathBuf};
pub use error::{Reason, Refusal, WriteError};
pub use recover::{Recovered, finish, recover};
pub use rewrite::rewrite;

use crate::{FileSystem, Lock};
use journal::Journal;
use settle::{Direction, Outcome, settle};
use step::{State, Step};
use target::Plan;

/// How long to wait for another writing process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Patience {
    /// For an interactive user.
    Short,
    /// For a command that has nothing else to do.
    Long,
}

impl Patience {
    fn limit(self) -> Duration {
        match self {
            Patience::Short => Duration::from_secs(1),
            Patience::Long => Duration::from_secs(60),
        }
    }
}

/// The changes of a run.
#[derive(Debug)]
pub struct Transaction {
    root: Utf8PathBuf,
    wanted: Vec<Wanted>,
    watch: Option<Watch>,
}

/// Starts a watcher that calls [`finish`] if this process ends prematurely; dropped when everything is done.
type Watch = fn(&Utf8Path) -> Option<Box<dyn Any>>;

/// One requested change. Paths are absolute and may contain links.
#[derive(Debug)]
enum Wanted {
    Replace { path: Utf8PathBuf, expected: Vec<u8>, contents: Vec<u8> },
    Create { path: Utf8PathBuf, contents: Vec<u8> },
    Rename { from: Utf8PathBuf, to: Utf8PathBuf },
}

impl Transaction {
    /// An empty transaction. Nothing outside the folder `root` will be written.
    pub fn new(root: impl Into<Utf8PathBuf>) -> Self {
        Self { root: root.into(), wanted: Vec::new(), watch: None }
    }

    /// Calls `watch` with the transaction's folder before the first of several files is changed, and drops its result
    /// when everything is done. A watcher process can complete a half-finished transaction as soon as this process is
    /// killed, rather than with the next run.
    pub fn watched_by(&mut self, watch: fn(&Utf8Path) -> Option<Box<dyn Any>>) {
        self.watch = Some(watch);
    }

    /// Replaces the contents of a file, provided that it contains `expected`.
    pub fn replace(&mut self, path: impl Into<Utf8PathBuf>, expected: Vec<u8>, contents: Vec<u8>) {
        if expected != contents {
            self.wanted.push(Wanted::Replace { path: path.into(), expected, contents });
        }
    }

    /// Creates a file at an unused path, including missing parent folders.
    pub fn create(&mut self, path: impl Into<Utf8PathBuf>, contents: Vec<u8>) {
        self.wanted.push(Wanted::Create { path: path.into(), contents });
    }

    /// Moves a file or folder to an unused path, creating missing parent folders. Renames come after all other changes,
    /// which therefore use the previous path of a file.
    pub fn rename(&mut self, from: impl Into<Utf8PathBuf>, to: impl Into<Utf8PathBuf>) {
        self.wanted.push(Wanted::Rename { from: from.into(), to: to.into() });
    }

    /// Applies all changes or none.
    ///
    /// # Errors
    /// A [`WriteError`]. Nothing is changed in that case, unless it states otherwise.
    pub fn carry_out(self, fs: &dyn FileSystem, patience: Patience) -> Result<(), WriteError> {
        if self.wanted.is_empty() {
            return Ok(());
        }
        let root = real_folder(fs, &self.root)?;
        // The watcher may need the lock, so it ends before the lock is released.
        let mut watched = None;
        let _lock = lock(fs, &root, patience)?;
        self.carry_out_locked(fs, &root, &mut watched)
    }

    /// Like [`Self::carry_out`], for the holder of the lock.
    fn carry_out_locked(
        self,
        fs: &dyn FileSystem,
        root: &Utf8Path,
        watched: &mut Option<Box<dyn Any>>,
    ) -> Result<(), WriteError> {
        // If this changes a file, that file no longer has the expected contents.
        recover::recover_locked(fs, root)?;
        let Plan { steps, contents, asked } = target::plan(fs, root, self.wanted)?;
        let journal = Journal { steps };
        let staged = journal
            .write(fs, root)
            .and_then(|()| stage::stage(fs, root, &journal.steps, &contents, &asked))
            .and_then(|()| journal.sync(fs, root));
        if let Err(error) = staged {
            // Here and below: what can't be removed now is removed by the next run.
            let _ = journal.discard(fs, root);
            return Err(error);
        }
        // A single file is never half-finished.
        *watched = self.watch.filter(|_| journal.steps.len() > 1).and_then(|watch| watch(root));
        exchange(fs, root, &journal, &asked)?;
        journal.sync(fs, root).map_err(WriteError::after_all)?;
        let _ = journal.discard(fs, root);
        Ok(())
    }
}

/// Performs all steps and checks what they displaced; rolls back if it differs from the expectation.
fn exchange(
    fs: &dyn FileSystem,
    root: &Utf8Path,
    journal: &Journal,
    asked: &[Utf8PathBuf],
) -> Result<(), WriteError> {
    // As quickly as possible one after the other.
    let failed = journal.steps.iter().zip(asked).find_map(|(step, asked)| {
        let here = |path: &Utf8Path| root.join(path);
        Some(WriteError::of(asked, step.carry_out(fs, root, here).err()?))
    });
    let states = journal.states(fs, root)?;
    let displaced = asked.iter().zip(&states).filter(|(_, state)| **state == State::Displaced);
    let changed: Vec<Refusal> =
        displaced.map(|(asked, _)| Refusal { path: asked.clone(), reason: Reason::Changed }).collect();
    let error = match failed {
        None if changed.is_empty() => return Ok(()),
        Some(error) if changed.is_empty() => error,
        _ => WriteError::Refused(changed),
    };
    let outcome = settle(fs, root, journal, Direction::Back)?;
    let _ = journal.discard(fs, root);
    match outcome {
        Outcome::Whole => Err(error),
        Outcome::Torn(paths) => Err(WriteError::Torn(paths)),
    }
}

/// The folder with links resolved.
fn real_folder(fs: &dyn FileSystem, folder: &Utf8Path) -> Result<Utf8PathBuf, WriteError> {
    fs.real_path(folder).map_err(|error| WriteError::failed(folder.to_owned(), error))
}

/// Waits for the lock of a folder.
fn lock(fs: &dyn FileSystem, root: &Utf8Path, patience: Patience) -> Result<Lock, WriteError> {
    const PAUSE: Duration = Duration::from_millis(3);
    let path = root.join(LOCK);
    let end = Instant::now() + patience.limit();
    loop {
        match fs.try_lock(&path) {
            Ok(Some(lock)) => return Ok(lock),
            Ok(None) if Instant::now() < end => std::thread::sleep(PAUSE),
            Ok(None) => return Err(WriteError::Busy(root.to_owned())),
            Err(error) => return Err(WriteError::failed(path, error)),
        }
    }
}

/// Held while writing in the folder.
const LOCK: &str = ".architrave-lock";

#[cfg(test)]
mod tests;
