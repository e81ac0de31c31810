//! Answers documents' pulls.
//!
//! Before the project is known, a document is answered with what holds in any case. If that is nothing, an answer would
//! claim that there are no findings, which is not known yet: it waits until the project is known, the user stops the
//! index, or the document is edited or closed.

use workspace::Failure;

use super::{Session, provoke_panic};
use crate::answer::Stale;
use crate::diagnostics::{Diagnosed, DocumentPull, document_result, of_file};
use crate::event::Event;
use crate::pool::Urgency;

const METHOD: &str = "textDocument/diagnostic";

impl Session {
    /// Answers a document's pull, or holds it.
    pub(crate) fn answer_pull(&self, pull: DocumentPull) {
        self.look_at_pull(pull, self.indexing.is_running && !self.indexing.is_complete);
    }

    /// Answers the waiting pulls of documents: those of `path`, or all.
    pub(crate) fn answer_waiting(&mut self, path: Option<&camino::Utf8Path>) {
        for pull in self.pulls.take_documents(path) {
            self.look_at_pull(pull, false);
        }
    }

    /// A pull could not be answered.
    pub(crate) fn hold_pull(&mut self, pull: DocumentPull) {
        if self.indexing.is_running && !self.indexing.is_complete && !self.is_shut_down {
            self.pulls.hold_document(pull);
        } else {
            self.look_at_pull(pull, false);
        }
    }

    fn look_at_pull(&self, pull: DocumentPull, may_wait: bool) {
        let (view, inbox) = (self.view(), self.inbox.clone());
        let is_typed_in = pull.path.as_ref().is_some_and(|path| view.is_typed_in(path));
        let urgency = if is_typed_in { Urgency::Typing } else { Urgency::Now };
        self.pool.spawn(urgency, move || {
            if pull.reply.is_cancelled() {
                return;
            }
            let outcome = view.snapshot.catch(|snapshot| {
                provoke_panic(METHOD);
                // A removed document has no diagnostics: clients pull once more after a rename.
                let diagnostics = pull.path.as_ref().map(|path| of_file(&view, path)).unwrap_or_default();
                let is_ours = || pull.path.as_ref().is_some_and(|path| snapshot.project_of(path).is_some());
                let is_unknown = may_wait && diagnostics.is_empty() && is_ours();
                (diagnostics, is_unknown)
            });
            // The writer may be waiting for it.
            drop(view);
            match outcome {
                Ok((_, true)) => drop(inbox.send(Event::Diagnosed(Diagnosed::Unknown(pull)))),
                Ok((diagnostics, false)) => {
                    let (id, result) = document_result(diagnostics, pull.previous.as_deref());
                    if let Some(path) = pull.path {
                        let _ = inbox.send(Event::Diagnosed(Diagnosed::Pulled(path, id)));
                    }
                    pull.reply.send(Ok(result));
                }
                Err(failure) => {
                    if let Failure::Panicked(message) = &failure {
                        tracing::error!("{METHOD} panicked: {message}");
                    }
                    pull.reply.fail(&failure, Stale::Retrigger);
                }
            }
        });
    }
}
