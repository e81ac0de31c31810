//! Starts the checks that are due and sends their results.

use std::collections::BTreeSet;
use std::time::Instant;

use camino::{Utf8Path, Utf8PathBuf};
use workspace::Failure;

use super::Session;
use crate::diagnostics::{Diagnosed, Due, Pushed, ResultId, check, of_file, reports};
use crate::event::Event;
use crate::outbox::Refresh;
use crate::pool::Urgency;
use crate::settings::DiagnosticMode;
use crate::view::View;

impl Session {
    /// The time of the next check.
    pub(crate) fn next_due(&self) -> Option<Instant> {
        if !self.is_initialized || self.is_shut_down {
            return None;
        }
        let pause = self.typing.until();
        self.schedule.next(pause.is_some(), self.now).into_iter().chain(pause).min()
    }

    /// Starts the checks that are due.
    pub(crate) fn check_due(&mut self) {
        if !self.is_initialized || self.is_shut_down {
            return;
        }
        self.settle_at_a_pause();
        while let Some(due) = self.schedule.take(self.typing.until().is_some(), self.now) {
            if due == Due::Everything {
                self.refresh_costs();
                self.compare_drawings();
            }
            if self.features.pull { self.check_for_pull(&due) } else { self.check_for_push(due) }
        }
    }

    /// There is a pause after a change: lenses and hints may have to show other numbers about other files.
    fn refresh_costs(&self) {
        if !self.indexing.is_complete || self.indexing.is_running || self.documents.paths().next().is_none() {
            return;
        }
        if self.features.lens_refresh {
            self.outbox.refresh(Refresh::Lenses);
        }
        if self.features.hint_refresh {
            self.outbox.refresh(Refresh::Hints);
        }
    }

    /// Any result may differ now.
    pub(crate) fn everything_changed(&mut self) {
        self.schedule.all(self.now);
    }

    fn check_for_push(&mut self, due: Due) {
        if due == Due::Everything {
            if !self.indexing.is_complete || self.indexing.is_running {
                // This is done at the end of the index.
                return;
            }
            if self.settings.diagnostic_mode == DiagnosticMode::OpenFilesOnly {
                let open: BTreeSet<&Utf8Path> = self.documents.paths().map(Utf8PathBuf::as_path).collect();
                self.published.retain(&open, &self.outbox);
                return;
            }
        }
        match due {
            Due::Documents(paths) => {
                // No keystroke waits for the complete check of another document.
                let (typed, others): (BTreeSet<_>, BTreeSet<_>) =
                    paths.into_iter().partition(|path| self.typing.paths().contains(path));
                for (urgency, paths) in [(Urgency::Typing, typed), (Urgency::Now, others)] {
                    if !paths.is_empty() {
                        self.push(urgency, Due::Documents(paths));
                    }
                }
            }
            Due::Open => self.push(Urgency::Now, due),
            Due::Everything => self.push(Urgency::Later, due),
        }
    }

    fn push(&self, urgency: Urgency, due: Due) {
        let asked = due.clone();
        self.check(
            urgency,
            move |view| check(view, &asked),
            move |generation, outcome| Diagnosed::Push { generation, due, outcome },
        );
    }

    fn check_for_pull(&mut self, due: &Due) {
        match due {
            // The client pulls what it edited.
            Due::Documents(_) => {}
            Due::Open => self.compare_answers(),
            Due::Everything => self.look_at_held_pulls(),
        }
    }

    /// Finds out whether open documents would now get other answers than before: then the client must pull again.
    fn compare_answers(&mut self) {
        let answered = self.pulls.answered();
        if answered.is_empty() {
            return;
        }
        let compare = move |view: &View| {
            let differs = |(path, id): &(Utf8PathBuf, ResultId)| ResultId::of(&of_file(view, path)) != *id;
            answered.into_iter().filter(differs).map(|(path, _)| path).collect()
        };
        self.check(Urgency::Now, compare, |generation, outcome| Diagnosed::Compared { generation, outcome });
    }

    /// Processes waiting workspace pulls. Before the index is complete there is nothing to report.
    pub(crate) fn look_at_held_pulls(&mut self) {
        if self.indexing.is_stopped {
            self.pulls.answer_at_once();
        }
        if !self.indexing.is_complete || self.indexing.is_running || self.typing.until().is_some() {
            // This is done at the end of the index, or at a pause.
            return;
        }
        let everything = self.settings.diagnostic_mode == DiagnosticMode::Workspace;
        for (ticket, known) in self.pulls.take_waiting() {
            let memory = self.pulls.memory.clone();
            self.check(
                Urgency::Later,
                move |view| reports(view, &known, &memory, everything),
                move |generation, outcome| Diagnosed::Workspace { ticket, generation, outcome },
            );
        }
    }

    /// Does the work on the current state, and sends the result as an event. Background work may split itself over the
    /// workers.
    fn check<T: Send + 'static>(
        &self,
        urgency: Urgency,
        work: impl FnOnce(&View) -> T + Send + 'static,
        done: impl FnOnce(u64, Result<T, Failure>) -> Diagnosed + Send + 'static,
    ) {
        let (view, inbox, workers) = (self.view(), self.inbox.clone(), self.pool.workers());
        self.pool.spawn(urgency, move || {
            let check = move || {
                let outcome = view.snapshot.catch(|_| work(&view));
                // The view is dropped before the result is sent: the writer may be waiting for it.
                (view.snapshot.generation, outcome)
            };
            let (generation, outcome) = if urgency == Urgency::Later { workers.run(check) } else { check() };
            let _ = inbox.send(Event::Diagnosed(done(generation, outcome)));
        });
    }

    pub(crate) fn on_diagnosed(&mut self, diagnosed: Diagnosed) {
        match diagnosed {
            Diagnosed::Push { generation, due, outcome } => match self.current(generation, outcome) {
                Some(sets) => self.publish(&due, sets),
                None => self.schedule.again(due, self.now),
            },
            Diagnosed::Pulled(path, id) => {
                if self.documents.get(&path).is_some() {
                    self.pulls.note(path, id);
                }
            }
            Diagnosed::Unknown(pull) => self.hold_pull(pull),
            Diagnosed::Asked(pull) => {
                self.pulls.hold(pull);
                if self.is_shut_down {
                    self.pulls.answer_all();
                } else {
                    self.look_at_held_pulls();
                }
            }
            Diagnosed::Compared { generation, outcome } => match self.current(generation, outcome) {
                Some(differing) if !differing.is_empty() => self.outbox.refresh(Refresh::Diagnostics),
                Some(_) => {}
                None => self.schedule.again(Due::Open, self.now),
            },
            Diagnosed::Workspace { ticket, generation, outcome } => {
                let look = self.current(generation, outcome);
                if self.pulls.looked_at(ticket, look) {
                    self.schedule.again(Due::Everything, self.now);
                }
            }
        }
    }

    /// The result, unless it belongs to an older generation, or was cancelled.
    fn current<T: Default>(&self, generation: u64, outcome: Result<T, Failure>) -> Option<T> {
        match outcome {
            Ok(found) if generation == self.workspace.generation() => Some(found),
            Ok(_) | Err(Failure::Cancelled) => None,
            Err(Failure::Panicked(message)) => {
                tracing::error!("checking panicked: {message}");
                // Not retried before the next change: it would panic again.
                Some(T::default())
            }
        }
    }

    fn publish(&mut self, due: &Due, sets: Vec<Pushed>) {
        if *due == Due::Everything {
            let checked: BTreeSet<&Utf8Path> = sets.iter().map(|set| set.path.as_path()).collect();
            self.published.retain(&checked, &self.outbox);
        }
        for set in sets {
            // Closed since: its diagnostics were cleared, and stay so.
            let is_open = self.documents.get(&set.path).is_some();
            let newest = self.workspace.typed(&set.path).map(|typed| typed.number);
            if !matches!(due, Due::Documents(_)) && set.number != newest {
                // The user is typing there: what is shown is newer.
                continue;
            }
            if is_open || *due == Due::Everything {
                self.published.send(set, is_open, &self.outbox);
            }
        }
    }
}
