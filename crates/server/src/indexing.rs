//! The cold start, step by step in the background, with progress that the user may cancel.
//!
//! Between two steps the writer drops texts and trees, if nobody reads just then. A step that an edit cut off is run
//! again. Should thousands of files change at once, the index is run again too: on all cores it is done sooner than
//! when the first query that needs everything works it out alone.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use camino::Utf8PathBuf;

use workspace::{Failure, Index, IndexProgress, Phase};

use crate::outbox::Outbox;
use crate::proto::{
    ProgressToken, WorkDoneProgress, WorkDoneProgressBegin, WorkDoneProgressEnd, WorkDoneProgressReport,
};

/// From this many files changed at once the index is run again.
pub(crate) const AGAIN_FROM: usize = 32;

/// A report of progress at most this often.
const REPORT: Duration = Duration::from_millis(100);

/// A piece of the index is done.
#[derive(Debug)]
pub(crate) enum Indexed {
    /// The run was planned.
    Planned(u64, Result<Index, Failure>),
    /// The next step of the run was done.
    Step(u64, Result<(), Failure>),
}

/// Where the index is.
#[derive(Debug, Default)]
pub(crate) struct Indexing {
    /// Numbers the runs: what belongs to an older one is dropped.
    pub(crate) run: u64,
    /// The steps left; nothing while nothing runs or the run is being planned.
    pub(crate) index: Option<Index>,
    /// Whether a run is under way.
    pub(crate) is_running: bool,
    /// Whether a run has come so far that the workspace is known; its findings may still be worked out.
    pub(crate) is_complete: bool,
    /// The user stopped it.
    pub(crate) is_stopped: bool,
    /// When this run began.
    pub(crate) began: Option<Instant>,
    /// Steps since texts and trees were last dropped.
    pub(crate) unevicted: usize,
    /// Files that could not be read and were reported.
    pub(crate) unreadable: BTreeSet<Utf8PathBuf>,
    progress: Progress,
}

/// What the client shows of it.
#[derive(Debug, Default)]
enum Progress {
    #[default]
    None,
    /// It was asked whether it will.
    Asked(ProgressToken),
    /// The run ended before it answered; with these words.
    Ended(ProgressToken, String),
    /// It does; when it last heard, and of what.
    Shown(ProgressToken, Instant, Phase),
}

impl Indexing {
    /// Asks the client to show a new run.
    pub(crate) fn ask_progress(&mut self, outbox: &Outbox) {
        if matches!(self.progress, Progress::None) {
            let token = ProgressToken::String(format!("architrave/index/{}", self.run));
            outbox.create_progress(token.clone());
            self.progress = Progress::Asked(token);
        }
    }

    /// The client has answered whether it will.
    pub(crate) fn progress_answered(&mut self, granted: bool, now: Instant, outbox: &Outbox) {
        let (token, end) = match std::mem::take(&mut self.progress) {
            Progress::Asked(token) => (token, None),
            Progress::Ended(token, message) => (token, Some(message)),
            other @ (Progress::None | Progress::Shown(..)) => {
                self.progress = other;
                return;
            }
        };
        if !granted {
            return;
        }
        let begin = WorkDoneProgressBegin {
            title: "Architrave".to_owned(),
            cancellable: Some(true),
            message: None,
            percentage: Some(0),
        };
        outbox.progress(token.clone(), WorkDoneProgress::Begin(begin));
        self.progress = Progress::Shown(token, now, Phase::Reading);
        if let Some(message) = end {
            self.end_progress(&message, outbox);
        }
    }

    /// Reports how far it has come, now and then.
    pub(crate) fn report(&mut self, progress: IndexProgress, now: Instant, outbox: &Outbox) {
        let Progress::Shown(token, heard, phase) = &mut self.progress else { return };
        if now.saturating_duration_since(*heard) < REPORT && *phase == progress.phase {
            return;
        }
        *heard = now;
        *phase = progress.phase;
        let report = WorkDoneProgressReport {
            cancellable: Some(true),
            message: Some(words(progress)),
            percentage: Some(progress.percent()),
        };
        outbox.progress(token.clone(), WorkDoneProgress::Report(report));
    }

    /// Takes down what the client shows.
    pub(crate) fn end_progress(&mut self, message: &str, outbox: &Outbox) {
        self.progress = match std::mem::take(&mut self.progress) {
            Progress::Shown(token, ..) => {
                let end = WorkDoneProgressEnd { message: Some(message.to_owned()) };
                outbox.progress(token, WorkDoneProgress::End(end));
                Progress::None
            }
            Progress::Asked(token) => Progress::Ended(token, message.to_owned()),
            other @ (Progress::None | Progress::Ended(..)) => other,
        };
    }

    /// Whether the client means this run by `token`.
    pub(crate) fn is_shown_as(&self, token: &ProgressToken) -> bool {
        matches!(&self.progress, Progress::Shown(shown, ..) | Progress::Asked(shown) if shown == token)
    }
}

/// What is being done, as the client shows it.
fn words(progress: IndexProgress) -> String {
    let IndexProgress { phase, done, total } = progress;
    match phase {
        Phase::Reading => format!("reading {done} of {total} files"),
        Phase::Resolving => format!("resolving imports of {done} of {total} files"),
        Phase::Architecture => "working out the architecture".to_owned(),
        Phase::Checking => format!("checking {done} of {total} files"),
    }
}
