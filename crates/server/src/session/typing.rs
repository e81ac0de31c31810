//! Typing comes first: edits affect the document's own display at once, and become visible to queries at the next
//! pause, or when more than diagnostics is requested.

use camino::Utf8PathBuf;
use workspace::Change;

use super::{Session, log_refused};

impl Session {
    /// Applies edits of documents as the user types them.
    pub(crate) fn type_in(&mut self, edits: Vec<Change>, edited: Vec<Utf8PathBuf>) {
        // Without a complete check of the document there is nothing to show meanwhile.
        if !self.indexing.is_complete || !edited.iter().all(|path| self.found.knows(path)) {
            self.apply(edits, edited);
            return;
        }
        self.edits += 1;
        log_refused(&self.workspace.type_in(edits));
        self.typing.note(&edited, self.now);
        self.pulls.note_edited(&edited);
        self.schedule.typed(edited);
    }

    /// Makes typed text visible to queries, for requests that need them.
    pub(crate) fn settle(&mut self) {
        if self.workspace.is_unsettled() {
            self.write(Vec::new());
        }
    }

    /// The same, if the work needs it.
    pub(crate) fn settle_for(&mut self, needs_it: bool) {
        if needs_it {
            self.settle();
        }
    }

    /// Checks typed documents completely, and everything that depends on them, when there is a pause.
    pub(crate) fn settle_at_a_pause(&mut self) {
        if let Some(paths) = self.typing.take(self.now) {
            self.settle();
            self.schedule.changed(paths, self.now);
        }
    }
}
