//! Turns requested changes into steps: links are resolved, targets checked.

use std::collections::BTreeMap;
use std::io;
use std::time::{SystemTime, UNIX_EPOCH};

use camino::{Utf8Path, Utf8PathBuf};

use super::error::{Reason, Refusal, WriteError, refused};
use super::stage::{self, Digest};
use super::step::is_nothing;
use super::{Step, Wanted};
use crate::{FileKind, FileSystem};

/// Steps in order of execution, each with the new contents if it has any.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub(super) steps: Vec<Step>,
    pub(super) contents: Vec<Option<Vec<u8>>>,
    /// The requested paths, which may contain links.
    pub(super) asked: Vec<Utf8PathBuf>,
}

/// Plans the steps. New files come first, so that concurrently running code finds what it imports; renames come last.
///
/// # Errors
/// All targets that can't be changed, not only the first.
pub(super) fn plan(fs: &dyn FileSystem, root: &Utf8Path, wanted: Vec<Wanted>) -> Result<Plan, WriteError> {
    let mut planner = Planner { fs, root, run: run(), steps: Default::default(), known: BTreeMap::new() };
    let mut refusals = Vec::new();
    for wanted in wanted {
        let path = match &wanted {
            Wanted::Replace { path, .. } | Wanted::Create { path, .. } => path.clone(),
            Wanted::Rename { from, .. } => from.clone(),
        };
        match planner.add(wanted) {
            Ok(()) => {}
            Err(Problem::Refused(path, reason)) => refusals.push(Refusal { path, reason }),
            Err(Problem::Io(error)) => match refused(&path, &error) {
                Some(refusal) => refusals.push(refusal),
                None => return Err(WriteError::failed(path, error)),
            },
        }
    }
    if !refusals.is_empty() {
        return Err(WriteError::Refused(refusals));
    }
    let mut plan = Plan::default();
    for planned in planner.steps.into_iter().flatten() {
        plan.steps.push(planned.step);
        plan.contents.push(planned.contents);
        plan.asked.push(planned.asked);
    }
    Ok(plan)
}

/// Differs from that of any other run whose temporary files may still exist.
fn run() -> u64 {
    let time = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    (u64::from(std::process::id()) << 32) ^ time.as_nanos() as u64
}

/// Why a step can't be planned.
enum Problem {
    Refused(Utf8PathBuf, Reason),
    Io(io::Error),
}

impl From<io::Error> for Problem {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

struct Planned {
    step: Step,
    contents: Option<Vec<u8>>,
    asked: Utf8PathBuf,
}

struct Planner<'a> {
    fs: &'a dyn FileSystem,
    /// With links resolved.
    root: &'a Utf8Path,
    run: u64,
    /// Folders, new files, replaced files, renames.
    steps: [Vec<Planned>; 4],
    /// The new contents of each real file, to recognize a second path to it.
    known: BTreeMap<Utf8PathBuf, Digest>,
}

impl Planner<'_> {
    fn add(&mut self, wanted: Wanted) -> Result<(), Problem> {
        match wanted {
            Wanted::Replace { path, expected, contents } => self.replace(path, &expected, contents),
            Wanted::Create { path, contents } => {
                let target = self.absent(&path)?;
                let new = Digest::of(&contents);
                if self.is_known(&target, new, &path)? {
                    return Ok(());
                }
                let folder = self.create_folders(&target, &path)?;
                let (staged, asked) = (self.staged(&folder)?, path);
                let step = Step::Create { path: self.relative(&target)?, staged, new };
                self.steps[1].push(Planned { step, contents: Some(contents), asked });
                Ok(())
            }
            Wanted::Rename { from, to } => {
                let real = self.existing(&from)?;
                let target = self.absent(&to)?;
                if real == self.root || target.starts_with(&real) {
                    return Err(Problem::Refused(from, Reason::Exists));
                }
                self.create_folders(&target, &from)?;
                let step = Step::Rename { from: self.relative(&real)?, to: self.relative(&target)? };
                self.steps[3].push(Planned { step, contents: None, asked: from });
                Ok(())
            }
        }
    }

    fn replace(&mut self, path: Utf8PathBuf, expected: &[u8], contents: Vec<u8>) -> Result<(), Problem> {
        let real = self.existing(&path)?;
        // Checked first, because opening a pipe would wait for its other end.
        if self.fs.metadata(&real)?.kind != FileKind::File {
            return Err(Problem::Refused(path, Reason::NoFile));
        }
        if self.fs.read(&real)? != expected {
            return Err(Problem::Refused(path, Reason::Changed));
        }
        let new = Digest::of(&contents);
        if self.is_known(&real, new, &path)? {
            return Ok(());
        }
        self.fs.check_writable(&real)?;
        let staged = self.staged(real.parent().unwrap_or(self.root))?;
        let step = Step::Replace { path: self.relative(&real)?, staged, old: Digest::of(expected), new };
        self.steps[2].push(Planned { step, contents: Some(contents), asked: path });
        Ok(())
    }

    /// The real path of something that exists.
    fn existing(&self, path: &Utf8Path) -> Result<Utf8PathBuf, Problem> {
        let real = match self.fs.real_path(path) {
            Err(error) if is_nothing(&error) => {
                return Err(Problem::Refused(path.to_owned(), Reason::Gone));
            }
            outcome => outcome?,
        };
        self.inside(path, real)
    }

    /// The real path of something that doesn't exist yet.
    fn absent(&self, path: &Utf8Path) -> Result<Utf8PathBuf, Problem> {
        match self.fs.is_link(path) {
            Ok(_) => return Err(Problem::Refused(path.to_owned(), Reason::Exists)),
            Err(error) if is_nothing(&error) => {}
            Err(error) => return Err(error.into()),
        }
        let above = path.ancestors().skip(1).find(|folder| self.fs.is_link(folder).is_ok());
        let above = above.unwrap_or(self.root);
        let real = self.existing(above).map_err(|problem| match problem {
            Problem::Refused(_, reason) => Problem::Refused(path.to_owned(), reason),
            other @ Problem::Io(_) => other,
        })?;
        if self.fs.metadata(&real)?.kind != FileKind::Folder {
            return Err(Problem::Refused(path.to_owned(), Reason::Exists));
        }
        let rest = path.strip_prefix(above).unwrap_or(path);
        self.inside(path, real.join(rest))
    }

    fn inside(&self, path: &Utf8Path, real: Utf8PathBuf) -> Result<Utf8PathBuf, Problem> {
        if real.starts_with(self.root) {
            Ok(real)
        } else {
            Err(Problem::Refused(path.to_owned(), Reason::Outside(real)))
        }
    }

    /// Whether another path leads to the same file, which is then written once.
    fn is_known(&mut self, real: &Utf8Path, new: Digest, path: &Utf8Path) -> Result<bool, Problem> {
        match self.known.get(real) {
            Some(known) if *known == new => Ok(true),
            Some(_) => Err(Problem::Refused(path.to_owned(), Reason::Twice)),
            None => {
                self.known.insert(real.to_owned(), new);
                Ok(false)
            }
        }
    }

    /// Plans the creation of missing parent folders; returns the nearest existing one.
    fn create_folders(&mut self, target: &Utf8Path, asked: &Utf8Path) -> Result<Utf8PathBuf, Problem> {
        let mut missing = Vec::new();
        let mut nearest = self.root;
        for folder in target.ancestors().skip(1).take_while(|folder| folder.starts_with(self.root)) {
            if self.fs.is_link(folder).is_ok() {
                nearest = folder;
                break;
            }
            missing.push(Step::Folder { path: self.relative(folder)? });
        }
        for step in missing.into_iter().rev() {
            if self.steps[0].iter().all(|known| known.step != step) {
                self.steps[0].push(Planned { step, contents: None, asked: asked.to_owned() });
            }
        }
        Ok(nearest.to_owned())
    }

    fn staged(&self, folder: &Utf8Path) -> Result<Utf8PathBuf, Problem> {
        let number = self.steps.iter().map(Vec::len).sum();
        self.relative(&folder.join(stage::name(self.run, number)))
    }

    fn relative(&self, path: &Utf8Path) -> Result<Utf8PathBuf, Problem> {
        let relative = path.strip_prefix(self.root).map_err(io::Error::other)?;
        Ok(relative.to_owned())
    }
}
