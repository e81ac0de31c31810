//! Drives the index.

use workspace::{Failure, Index, Phase};

use super::Session;
use crate::event::Event;
use crate::indexing::Indexed;
use crate::pool::Urgency;

/// Steps that may pass without dropping texts and trees, if there are always readers in between.
const EVICT_AFTER: usize = 8;

impl Session {
    /// Starts a run. A current one is dropped; its results stay memoized.
    pub(crate) fn start_index(&mut self) {
        self.indexing.run += 1;
        self.indexing.index = None;
        self.indexing.is_running = true;
        self.indexing.is_stopped = false;
        self.indexing.began.get_or_insert(self.now);
        self.plan_index();
    }

    fn plan_index(&mut self) {
        let snapshot = self.workspace.snapshot();
        let (run, inbox) = (self.indexing.run, self.inbox.clone());
        self.pool.spawn(Urgency::Later, move || {
            let planned = Index::plan(&snapshot);
            drop(snapshot);
            let _ = inbox.send(Event::Indexed(Indexed::Planned(run, planned)));
        });
    }

    pub(crate) fn on_indexed(&mut self, indexed: Indexed) {
        match indexed {
            Indexed::Planned(run, planned) if run == self.indexing.run => match planned {
                Ok(index) => {
                    self.indexing.index = Some(index);
                    if self.features.progress {
                        self.indexing.ask_progress(&self.outbox);
                    }
                    self.run_step();
                }
                Err(Failure::Cancelled) => self.plan_index(),
                Err(Failure::Panicked(message)) => {
                    tracing::error!("planning the index panicked: {message}");
                    self.finish_index();
                }
            },
            Indexed::Step(run, outcome) if run == self.indexing.run => {
                match outcome {
                    Ok(()) => self.advance(),
                    Err(Failure::Cancelled) => {}
                    Err(Failure::Panicked(message)) => {
                        tracing::error!("a step of the index panicked: {message}");
                        self.advance();
                    }
                }
                self.run_step();
            }
            // From a dropped run.
            Indexed::Planned(..) | Indexed::Step(..) => {}
        }
    }

    fn advance(&mut self) {
        let Some(index) = &mut self.indexing.index else { return };
        let progress = index.advance();
        self.indexing.report(progress, self.now, &self.outbox);
        if progress.phase == Phase::Checking && !self.indexing.is_complete {
            // The project is known. Running the rules over all its files ahead of time makes the rest fast, but a user
            // who looks at an open document should not wait for it.
            self.indexing.is_complete = true;
            self.answer_waiting(None);
            self.everything_changed();
            // Eviction should not cancel what was just requested either.
            self.indexing.unevicted = 0;
            return;
        }
        self.indexing.unevicted += 1;
        // Eviction cancels readers, so it waits for a moment without any.
        if self.workspace.outstanding() == 0 || self.indexing.unevicted >= EVICT_AFTER {
            self.workspace.evict();
            self.indexing.unevicted = 0;
        }
    }

    fn run_step(&mut self) {
        let Some(index) = &self.indexing.index else { return };
        let Some(step) = index.next_step().cloned() else {
            self.finish_index();
            return;
        };
        let snapshot = self.workspace.snapshot();
        let (run, inbox, workers) = (self.indexing.run, self.inbox.clone(), self.pool.workers());
        self.pool.spawn(Urgency::Later, move || {
            let outcome = workers.run(move || step.run(&snapshot));
            let _ = inbox.send(Event::Indexed(Indexed::Step(run, outcome)));
        });
    }

    fn finish_index(&mut self) {
        let total = self.indexing.index.take().map_or(0, |index| index.files());
        self.indexing.is_complete = true;
        self.indexing.is_running = false;
        self.indexing.end_progress(&format!("{total} files"), &self.outbox);
        if let Some(began) = self.indexing.began.take() {
            tracing::info!(
                "{total} files read in {:.1} s",
                self.now.saturating_duration_since(began).as_secs_f64()
            );
        }
        if self.workspace.outstanding() == 0 {
            self.workspace.evict();
        }
        self.say_unreadable();
        self.answer_waiting(None);
        self.everything_changed();
        self.keep();
    }

    /// Writes what was read, for the next start: in the background, after more urgent work.
    fn keep(&self) {
        let store = self.workspace.store().clone();
        if store.is_on() {
            self.pool.spawn(Urgency::Later, move || {
                store.save();
                store.rest();
            });
        }
    }

    /// The user stops the index: cross-file findings are not reported until the next change of files or configuration.
    pub(crate) fn stop_index(&mut self) {
        if self.indexing.is_running && self.indexing.is_complete {
            // The rest is computed on demand.
            self.indexing.run += 1;
            self.finish_index();
        } else if self.indexing.is_running {
            self.indexing.run += 1;
            self.indexing.index = None;
            self.indexing.is_running = false;
            self.indexing.is_stopped = true;
            self.indexing.began = None;
            self.indexing.end_progress("stopped", &self.outbox);
            tracing::info!(
                "reading the project was stopped: only what single files say is shown until files or settings change"
            );
            self.pulls.answer_at_once();
            self.answer_waiting(None);
        }
    }

    /// The server is ending: no further step is started.
    pub(crate) fn stop_for_good(&mut self) {
        self.indexing.run += 1;
        self.indexing.index = None;
        self.indexing.is_running = false;
        self.indexing.end_progress("stopped", &self.outbox);
    }

    /// Reports files that could not be read, each once.
    fn say_unreadable(&mut self) {
        let snapshot = self.workspace.snapshot();
        for project in snapshot.projects() {
            let root = project.root(snapshot.db());
            for (path, problem) in snapshot.unreadable(*project) {
                let path = root.join(path);
                if !self.indexing.unreadable.contains(&path) {
                    tracing::info!("{path}: {problem}");
                    self.indexing.unreadable.insert(path);
                }
            }
        }
    }
}
