//! Writes baselines: a finding that the user accepts is added, a fixed one is removed on save.
//!
//! The server writes the file itself rather than sending the editor an edit. An edit would open a document that the
//! user didn't open and leave it unsaved, on each save again, and the baselines of clients that apply no edits would
//! never shrink. To make sure that nothing is lost:
//! - the file is read again before each write, under a lock, and only the affected entries are touched: another window,
//!   the command line, or an editor in which the file is open, may have written it meanwhile;
//! - a file that can't be read as a baseline is never overwritten;
//! - nothing is removed while an open document is unsaved or incomplete, and nothing is written if nothing changes, so
//!   that version control shows a line removed exactly when its finding was fixed.

use camino::Utf8Path;
use ide::baseline::Entries;
use rules::baseline::Baseline;
use source::Patience;
use workspace::Change;

use super::Session;
use crate::event::{BaselineChange, Event};
use crate::pool::Urgency;
use crate::proto;

impl Session {
    /// A document was saved: checks whether accepted findings no longer exist.
    pub(crate) fn look_at_baselines(&self) {
        if !self.indexing.is_complete || self.indexing.is_running {
            return;
        }
        let view = self.view();
        if view.snapshot.baselines().is_empty() {
            return;
        }
        let inbox = self.inbox.clone();
        self.pool.spawn(Urgency::Later, move || {
            let look = |snapshot: &_| ide::baseline::no_longer_found(snapshot, view.documents.paths());
            let outcome = view.snapshot.catch(look);
            let generation = view.snapshot.generation;
            drop(view);
            // Cancelled by an edit: the document is unsaved again, and will be saved later.
            if let Ok(gone) = outcome
                && !gone.is_empty()
            {
                let _ = inbox.send(Event::Baseline(BaselineChange::Shrink(generation, gone)));
            }
        });
    }

    pub(crate) fn on_baseline(&mut self, change: BaselineChange) {
        match change {
            BaselineChange::Accept(entries, reply) => reply.send(match self.accept(&entries) {
                Ok(()) => Ok(Some(entries.entries.len().into())),
                Err(error) => Err(proto::failed(format!("{error:#}"))),
            }),
            BaselineChange::Shrink(generation, gone) if generation == self.workspace.generation() => {
                for entries in gone {
                    match self.shrink(&entries) {
                        Ok(()) => tracing::info!(
                            "{} fixed findings left {}",
                            entries.entries.len(),
                            entries.baseline
                        ),
                        Err(error) => tracing::warn!("{error:#}"),
                    }
                }
            }
            // Something has changed since: the next save checks again.
            BaselineChange::Shrink(..) => {}
        }
    }

    fn accept(&mut self, entries: &Entries) -> anyhow::Result<()> {
        if entries.entries.is_empty() {
            return Ok(());
        }
        self.rewrite(&entries.baseline, |baseline| {
            Baseline::of(baseline.entries().iter().chain(&entries.entries).cloned())
        })
    }

    fn shrink(&mut self, entries: &Entries) -> anyhow::Result<()> {
        let is_gone = |entry: &rules::baseline::Entry| {
            entries
                .entries
                .iter()
                .any(|gone| gone.path == entry.path && gone.fingerprint == entry.fingerprint)
        };
        self.rewrite(&entries.baseline, |baseline| baseline.without(is_gone))
    }

    /// Writes the result of `change` on the current baseline at `path`, or on an empty one if there is none.
    fn rewrite(&mut self, path: &Utf8Path, change: impl Fn(&Baseline) -> Baseline) -> anyhow::Result<()> {
        let snapshot = self.workspace.snapshot();
        let change = |before: Option<&Baseline>| match before {
            Some(before) => Some(change(before)),
            None => Some(change(&Baseline::default())).filter(|after| !after.is_empty()),
        };
        let written = snapshot.rewrite_baseline(path, Patience::Short, change);
        // The writer waits for it.
        drop(snapshot);
        written?;
        self.apply(vec![Change::Disk(vec![path.to_owned()])], Vec::new());
        Ok(())
    }
}
