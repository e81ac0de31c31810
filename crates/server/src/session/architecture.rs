//! Notifies clients that draw the architecture when it changes: after a pause, and only if it differs from what they
//! were sent.

use super::Session;
use crate::drawing::{Drawn, Hash, of_root};
use crate::event::Event;
use crate::pool::Urgency;
use crate::proto::ArchitectureChangedParams;

impl Session {
    /// There is a pause after a change: finds out whether the drawn architecture has changed.
    pub(crate) fn compare_drawings(&self) {
        if !self.indexing.is_complete || self.indexing.is_running {
            return;
        }
        for root in self.drawings.answered.keys().cloned() {
            let (view, inbox, workers) = (self.view(), self.inbox.clone(), self.pool.workers());
            self.pool.spawn(Urgency::Later, move || {
                let compare = move || {
                    let drawn = view.snapshot.catch(|snapshot| of_root(snapshot, &root));
                    // The view is dropped before the result is sent: the writer may be waiting for it.
                    drop(view);
                    (root, drawn.map(|architecture| architecture.as_ref().map(Hash::of)))
                };
                let (root, outcome) = workers.run(compare);
                let _ = inbox.send(Event::Drawn(Drawn::Compared(root, outcome)));
            });
        }
    }

    pub(crate) fn on_drawn(&mut self, drawn: Drawn) {
        match drawn {
            Drawn::Answered(root, hash) => {
                if self.features.architecture {
                    let is_waiting = hash.is_none();
                    self.drawings.answered.insert(root, hash);
                    // The index may have become complete since.
                    if is_waiting {
                        self.compare_drawings();
                    }
                }
            }
            Drawn::Compared(root, Ok(hash)) => {
                let told = self.drawings.answered.get(&root);
                if told.is_some_and(|told| *told != hash) {
                    self.drawings.answered.remove(&root);
                    self.outbox.architecture_changed(ArchitectureChangedParams { root: root.into() });
                }
            }
            Drawn::Compared(root, Err(workspace::Failure::Panicked(message))) => {
                tracing::error!("the architecture of {root}: panicked: {message}");
            }
            // The edit that cancelled it is followed by another pause.
            Drawn::Compared(_, Err(workspace::Failure::Cancelled)) => {}
        }
    }
}
