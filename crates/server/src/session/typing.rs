//! Typing comes first: edits reach what is shown of their document at once, and what queries see at the next pause, or when
//! somebody asks for more than diagnostics.

use camino::Utf8PathBuf;
use workspace::Change;

use super::{Session, log_refused};

impl Session {
    /// Takes edits of documents as somebody types them.
    pub(crate) fn type_in(&mut self, edits: Vec<Change>, edited: Vec<Utf8PathBuf>) {
        // Before a document was checked whole there is nothing to show meanwhile.
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

    /// Lets queries see what was typed: somebody asks for what only they know.
    pub(crate) fn settle(&mut self) {
        if self.workspace.is_unsettled() {
            self.write(Vec::new());
        }
    }

    /// The same, where what is to be done needs it.
    pub(crate) fn settle_for(&mut self, needs_it: bool) {
        if needs_it {
            self.settle();
        }
    }

    /// Checks what was typed in whole, and what rests on it, when there is a pause.
    pub(crate) fn settle_at_a_pause(&mut self) {
        if let Some(paths) = self.typing.take(self.now) {
            self.settle();
            self.schedule.changed(paths, self.now);
        }
    }
}
