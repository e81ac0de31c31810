//! The cold start, step by step in the background, with progress that the user may cancel.
//!
//! Between two steps the writer drops texts and trees, if there is no reader just then. A step cancelled by an edit is
//! run again. If thousands of files change at once, the index is run again too: on all cores it finishes sooner than
//! the first query that would need everything on its own.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use camino::Utf8PathBuf;

use workspace::{Failure, Index, IndexProgress, Phase};

use crate::outbox::Outbox;
use crate::proto::{
    ProgressToken, WorkDoneProgress, WorkDoneProgressBegin, WorkDoneProgressEnd, WorkDoneProgressReport,
};

/// If at least this many files change at once, the index is run again.
pub(crate) const AGAIN_FROM: usize = 32;

/// The minimum interval between progress reports.
const REPORT: Duration = Duration::from_millis(100);

/// A step of the index is done.
#[derive(Debug)]
pub(crate) enum Indexed {
    /// The run was planned.
    Planned(u64, Result<Index, Failure>),
    /// The next step of the run was done.
    Step(u64, Result<(), Failure>),
}

/// The state of the index.
#[derive(Debug, Default)]
pub(crate) struct Indexing {
    /// The number of the current run: results of older ones are dropped.
    pub(crate) run: u64,
    /// The steps left; `None` while nothing runs or the run is being planned.
    pub(crate) index: Option<Index>,
    /// Whether a run is under way.
    pub(crate) is_running: bool,
    /// Whether a run has come far enough for the workspace to be known; its findings may still be in progress.
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

/// The client's display of the progress.
#[derive(Debug, Default)]
enum Progress {
    #[default]
    None,
    /// The client was sent a request to create the progress.
    Asked(ProgressToken),
    /// The run ended before the client answered; holds the final message.
    Ended(ProgressToken, String),
    /// Shown; with the time and phase of the last report.
    Shown(ProgressToken, Instant, Phase),
}

impl Indexing {
    /// Requests that the client show the progress of a new run.
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

    /// Reports the progress at intervals.
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

    /// Ends the client's progress display.
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

    /// Whether `token` belongs to this run.
    pub(crate) fn is_shown_as(&self, token: &ProgressToken) -> bool {
        matches!(&self.progress, Progress::Shown(shown, ..) | Progress::Asked(shown) if shown == token)
    }
}

/// The current activity, as shown by the client.
fn words(progress: IndexProgress) -> String {
    let IndexProgress { phase, done, total } = progress;
    match phase {
        Phase::Reading => format!("reading {done} of {total} files"),
        Phase::Resolving => format!("resolving imports of {done} of {total} files"),
        Phase::Architecture => "working out the architecture".to_owned(),
        Phase::Checking => format!("checking {done} of {total} files"),
    }
}
