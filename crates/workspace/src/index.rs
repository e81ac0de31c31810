//! Cold start: the facts of all code, in parallel and in batches.
//!
//! Within one revision nothing is evicted, so a cold start in one go would hold every text and every tree at once.
//! [`Index`] therefore splits the work into [`Step`]s: the caller lets the writer evict between two steps
//! ([`Workspace::evict`]). A step cancelled by a write is simply run again; what it had finished is memoized.

use std::collections::VecDeque;

use camino::Utf8Path;
use model::{PathRole, Project};
use rayon::prelude::*;
use source::File;

use crate::snapshot::Handle;
use crate::{Failure, Snapshot, Workspace};

/// The number of files per step: enough to keep all cores busy, few enough for the memory of their texts and trees.
const BATCH: usize = 128;

/// The progress of indexing.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct IndexProgress {
    /// The current phase.
    pub phase: Phase,
    /// Files done in this phase.
    pub done: usize,
    /// Files in this phase.
    pub total: usize,
}

/// The phases of a cold start, in order.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Files are read and parsed.
    #[default]
    Reading,
    /// Imports are resolved.
    Resolving,
    /// Layers, cycles and the rest of the architecture are computed.
    Architecture,
    /// The rules are run.
    Checking,
}

impl IndexProgress {
    /// The overall progress in percent, weighted by the approximate time of each phase on real projects.
    pub fn percent(self) -> u32 {
        let (before, share) = match self.phase {
            Phase::Reading => (0, 50),
            Phase::Resolving => (50, 5),
            Phase::Architecture => (55, 5),
            Phase::Checking => (60, 40),
        };
        before + (self.done * share).checked_div(self.total).unwrap_or(0) as u32
    }
}

/// One step of a cold start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Read and parse these files: the facts of each by itself.
    Facts(Vec<File>),
    /// Resolve the imports of these files: needs the facts of all.
    Edges(Project, Vec<File>),
    /// The project as a whole.
    Architecture(Project),
    /// The findings of these files: later requests are answered from memory.
    Findings(Project, Vec<File>),
}

/// A cold start, step by step.
#[derive(Debug, Default, Clone)]
pub struct Index {
    steps: VecDeque<Step>,
    /// Files done, by [`Phase`].
    done: [usize; 4],
    /// Files in all, by [`Phase`].
    total: [usize; 4],
}

impl Index {
    /// Plans the cold start of everything in `snapshot`. Files that the project's queries don't use (tests, migrations)
    /// are left out.
    ///
    /// # Errors
    /// A [`Failure`] if a write cancelled it.
    pub fn plan(snapshot: &Snapshot) -> Result<Self, Failure> {
        Self::with_findings_of(snapshot, |_| true)
    }

    /// As [`Index::plan`], with the findings of the files that `is_wanted` selects. What else is asked is computed then.
    ///
    /// # Errors
    /// A [`Failure`] if a write cancelled it.
    fn with_findings_of(snapshot: &Snapshot, is_wanted: impl Fn(&Utf8Path) -> bool) -> Result<Self, Failure> {
        snapshot.catch(|snapshot| {
            let mut index = Self::default();
            let (mut later, mut architectures, mut findings) = (Vec::new(), Vec::new(), Vec::new());
            for project in snapshot.projects().iter().copied() {
                let modules = model::query::modules(snapshot.db(), project);
                let files = |wanted: fn(PathRole) -> bool| {
                    let wanted = modules.list.iter().filter(move |module| wanted(module.role));
                    wanted.map(|module| module.file).collect::<Vec<File>>()
                };
                let code = files(|role| role == PathRole::Code);
                for batch in code.chunks(BATCH) {
                    index.steps.push_back(Step::Facts(batch.to_vec()));
                    later.push(Step::Edges(project, batch.to_vec()));
                }
                architectures.push(Step::Architecture(project));
                let checked = files(|_| true).into_iter().filter(|file| is_wanted(file.path(snapshot.db())));
                for batch in checked.collect::<Vec<File>>().chunks(BATCH) {
                    findings.push(Step::Findings(project, batch.to_vec()));
                }
            }
            index.steps.extend(later.into_iter().chain(architectures).chain(findings));
            for step in &index.steps {
                index.total[step.phase() as usize] += step.files();
            }
            index
        })
    }

    /// The next step; `None` when everything is done.
    pub fn next_step(&self) -> Option<&Step> {
        self.steps.front()
    }

    /// Records that the next step was done.
    pub fn advance(&mut self) -> IndexProgress {
        if let Some(step) = self.steps.pop_front() {
            self.done[step.phase() as usize] += step.files();
        }
        self.progress()
    }

    /// The current progress.
    pub fn progress(&self) -> IndexProgress {
        let phase = self.steps.front().map_or(Phase::Checking, Step::phase);
        IndexProgress { phase, done: self.done[phase as usize], total: self.total[phase as usize] }
    }

    /// How many files are read.
    pub fn files(&self) -> usize {
        self.total[Phase::Reading as usize]
    }
}

impl Step {
    /// The phase it belongs to.
    fn phase(&self) -> Phase {
        match self {
            Step::Facts(_) => Phase::Reading,
            Step::Edges(..) => Phase::Resolving,
            Step::Architecture(_) => Phase::Architecture,
            Step::Findings(..) => Phase::Checking,
        }
    }

    /// Its number of files.
    fn files(&self) -> usize {
        match self {
            Step::Facts(files) | Step::Edges(_, files) | Step::Findings(_, files) => files.len(),
            Step::Architecture(_) => 0,
        }
    }

    /// Does the work on all cores of the calling thread's pool.
    ///
    /// # Errors
    /// [`Failure::Cancelled`] if a write cancelled it, [`Failure::Panicked`] if a query panicked.
    pub fn run(&self, snapshot: &Snapshot) -> Result<(), Failure> {
        match self {
            Step::Facts(files) => each(snapshot, files, facts),
            Step::Edges(project, files) => each(snapshot, files, |snapshot, file| {
                model::query::edges(snapshot.db(), *project, file);
            }),
            Step::Architecture(project) => snapshot.catch(|snapshot| {
                snapshot.architecture(*project);
            }),
            Step::Findings(project, files) => each(snapshot, files, |snapshot, file| {
                snapshot.check(*project, file);
            }),
        }
    }
}

/// Runs `work` on `files`. A panic costs the file it happened in, a cancellation ends everything.
fn each(snapshot: &Snapshot, files: &[File], work: impl Fn(&Snapshot, File) + Sync) -> Result<(), Failure> {
    snapshot.catch(|snapshot| {
        files.par_iter().for_each_with(Handle::of(snapshot), |handle, file| {
            handle.each(*file, |snapshot| work(snapshot, *file));
        });
    })
}

/// The narrow facts of one file. Everything needed later derives from them without another parse.
fn facts(snapshot: &Snapshot, file: File) {
    let db = snapshot.db();
    source::query::problem(db, file);
    python::query::imports(db, file);
    python::query::import_spans(db, file);
    python::query::definitions(db, file);
    python::query::directives(db, file);
    model::query::exports(db, file);
    model::query::signals(db, file);
    model::query::route_facts(db, file);
    model::query::hooks(db, file);
    model::query::shapes(db, file);
    model::query::registrations(db, file);
    model::query::message_facts(db, file);
    model::query::makes(db, file);
    python::query::packed_bodies(db, file);
    python::query::packed_places(db, file);
    flow::query::stores(db, file);
    flow::query::writes(db, file);
    flow::query::changes(db, file);
    flow::query::factories(db, file);
    flow::eager::of_file(db, file);
    model::query::assembled(db, file);
}

impl Workspace {
    /// Runs a whole cold start synchronously, reporting progress: for the command line.
    ///
    /// # Errors
    /// [`Failure::Panicked`] if a query panicked; the rest is indexed nevertheless.
    pub fn index(&mut self, progress: impl FnMut(IndexProgress)) -> Result<(), Failure> {
        let index = Index::plan(&self.snapshot())?;
        self.carry_out(index, progress)
    }

    /// As [`Workspace::index`], without the findings.
    ///
    /// # Errors
    /// As [`Workspace::index`].
    pub fn index_without_findings(&mut self, progress: impl FnMut(IndexProgress)) -> Result<(), Failure> {
        self.index_with_findings_of(|_| false, progress)
    }

    /// As [`Workspace::index`], with the findings of the files that `is_wanted` selects alone.
    ///
    /// # Errors
    /// As [`Workspace::index`].
    pub fn index_with_findings_of(
        &mut self,
        is_wanted: impl Fn(&Utf8Path) -> bool,
        progress: impl FnMut(IndexProgress),
    ) -> Result<(), Failure> {
        let index = Index::with_findings_of(&self.snapshot(), is_wanted)?;
        self.carry_out(index, progress)
    }

    fn carry_out(
        &mut self,
        mut index: Index,
        mut progress: impl FnMut(IndexProgress),
    ) -> Result<(), Failure> {
        let mut outcome = Ok(());
        progress(index.progress());
        while let Some(step) = index.next_step() {
            if let Err(failure) = step.run(&self.snapshot()) {
                outcome = Err(failure);
            }
            progress(index.advance());
            self.evict();
        }
        outcome
    }
}
