//! Writing: all changes of a run are there, or none is.
//!
//! No file system changes several files at once, so a [`Transaction`] makes it look so:
//! 1. each target is checked: it holds the bytes that its new text was made from, is inside the workspace once links are
//!    resolved, and may be written to. A link to a file inside stays, and the file that it leads to is written;
//! 2. a journal in the workspace's folder says what will be done. Then the new contents are written to temporary files
//!    beside their targets, and all of it is synced;
//! 3. each temporary file is exchanged with its target, so that it holds the old text from then on. What was displaced is
//!    compared with what was expected: if another program has written meanwhile, all is exchanged back;
//! 4. temporary files and the journal are removed.
//!
//! A step shows by the contents on both sides whether it is done, so the journal is written once and never changed, and
//! after a kill at any moment the next run can tell what to do ([`recover`]): nothing was exchanged, and the temporary files
//! go; or something was, and the rest follows. Where somebody has gone back to old texts or edited files since, what can be
//! made whole is made whole in that direction, and what they wrote is never replaced.
//!
//! What remains: a power cut (or a kill of all processes at once) in step 3 leaves some files old and some new until the next
//! run, each of them whole; on a disk
//! that lies about having written, anything. A program that has a file open since before step 3 and writes to it after the
//! comparison writes to the displaced text. Hard links, access control lists and extended attributes of a replaced file
//! aren't kept, and on Windows folders can't be synced.

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

/// How long to wait for another process that writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Patience {
    /// For somebody at a keyboard.
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

/// Starts something that calls [`finish`] when this process ends before its time; dropped when all is done.
type Watch = fn(&Utf8Path) -> Option<Box<dyn Any>>;

/// One change as it was asked for. Paths are absolute and may lead through links.
#[derive(Debug)]
enum Wanted {
    Replace { path: Utf8PathBuf, expected: Vec<u8>, contents: Vec<u8> },
    Create { path: Utf8PathBuf, contents: Vec<u8> },
    Rename { from: Utf8PathBuf, to: Utf8PathBuf },
}

impl Transaction {
    /// Nothing yet. Nothing outside of the folder `root` will be written.
    pub fn new(root: impl Into<Utf8PathBuf>) -> Self {
        Self { root: root.into(), wanted: Vec::new(), watch: None }
    }

    /// Has `watch` called with the transaction's folder before the first of several files is changed; what it returns is
    /// dropped when all is done. Whoever it has watch the process can end a half-done transaction as soon as that is killed,
    /// rather than with the next run.
    pub fn watched_by(&mut self, watch: fn(&Utf8Path) -> Option<Box<dyn Any>>) {
        self.watch = Some(watch);
    }

    /// Replaces the contents of a file, provided that it holds `expected`.
    pub fn replace(&mut self, path: impl Into<Utf8PathBuf>, expected: Vec<u8>, contents: Vec<u8>) {
        if expected != contents {
            self.wanted.push(Wanted::Replace { path: path.into(), expected, contents });
        }
    }

    /// Creates a file where nothing is; folders above it that are missing are created.
    pub fn create(&mut self, path: impl Into<Utf8PathBuf>, contents: Vec<u8>) {
        self.wanted.push(Wanted::Create { path: path.into(), contents });
    }

    /// Gives a file or folder another path, where nothing is; folders above that are missing are created. Renames come after
    /// all else: other changes name a file by the path that it has before.
    pub fn rename(&mut self, from: impl Into<Utf8PathBuf>, to: impl Into<Utf8PathBuf>) {
        self.wanted.push(Wanted::Rename { from: from.into(), to: to.into() });
    }

    /// Carries out all changes or none.
    ///
    /// # Errors
    /// As [`WriteError`] says; nothing is changed then, unless it says otherwise.
    pub fn carry_out(self, fs: &dyn FileSystem, patience: Patience) -> Result<(), WriteError> {
        if self.wanted.is_empty() {
            return Ok(());
        }
        let root = real_folder(fs, &self.root)?;
        // Whoever watches may want the lock: it ends before they do.
        let mut watched = None;
        let _lock = lock(fs, &root, patience)?;
        self.carry_out_locked(fs, &root, &mut watched)
    }

    /// As [`Self::carry_out`], by the holder of the lock.
    fn carry_out_locked(
        self,
        fs: &dyn FileSystem,
        root: &Utf8Path,
        watched: &mut Option<Box<dyn Any>>,
    ) -> Result<(), WriteError> {
        // If this changes a file, that file no longer holds what is expected of it.
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
        // One file is never half-done.
        *watched = self.watch.filter(|_| journal.steps.len() > 1).and_then(|watch| watch(root));
        exchange(fs, root, &journal, &asked)?;
        journal.sync(fs, root).map_err(WriteError::after_all)?;
        let _ = journal.discard(fs, root);
        Ok(())
    }
}

/// Does all steps and looks at what they displaced; goes back where that isn't what was expected.
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

/// The folder without links.
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

/// Held by whoever writes in the folder.
const LOCK: &str = ".architrave-lock";

#[cfg(test)]
mod tests;
