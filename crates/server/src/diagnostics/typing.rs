//! Which documents are being typed in, and when there is a pause.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

use camino::{Utf8Path, Utf8PathBuf};

/// A pause is this long without an edit. If shorter, the work for the whole project would start between two letters; if
/// longer, a user who looks up from the keyboard would see the old findings.
const PAUSE: Duration = Duration::from_millis(200);

/// The documents being typed in. Jobs share the state of their start.
#[derive(Debug, Default)]
pub(crate) struct Typing {
    paths: Arc<BTreeSet<Utf8PathBuf>>,
    until: Option<Instant>,
}

impl Typing {
    /// These were just edited.
    pub(crate) fn note(&mut self, edited: &[Utf8PathBuf], now: Instant) {
        if !edited.iter().all(|path| self.paths.contains(path)) {
            Arc::make_mut(&mut self.paths).extend(edited.iter().cloned());
        }
        self.until = Some(now + PAUSE);
    }

    /// Forgets a closed document.
    pub(crate) fn forget(&mut self, path: &Utf8Path) {
        if self.paths.contains(path) {
            Arc::make_mut(&mut self.paths).remove(path);
        }
    }

    /// The documents.
    pub(crate) fn paths(&self) -> &Arc<BTreeSet<Utf8PathBuf>> {
        &self.paths
    }

    /// When a pause begins, if nothing more is typed.
    pub(crate) fn until(&self) -> Option<Instant> {
        self.until
    }

    /// The documents that were typed in, once, when there is a pause.
    pub(crate) fn take(&mut self, now: Instant) -> Option<BTreeSet<Utf8PathBuf>> {
        self.until.take_if(|until| *until <= now)?;
        Some(Arc::unwrap_or_clone(std::mem::take(&mut self.paths)))
    }
}
