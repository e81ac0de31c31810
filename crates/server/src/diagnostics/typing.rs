//! Which documents somebody is typing in, and when there is a pause.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

use camino::{Utf8Path, Utf8PathBuf};

/// This long without an edit is a pause. Shorter, and the work for the whole project would begin between two letters;
/// longer, and whoever looks up from the keyboard would see the old findings.
const PAUSE: Duration = Duration::from_millis(200);

/// Which documents somebody is typing in. Shared with jobs as it was when they started.
#[derive(Debug, Default)]
pub(crate) struct Typing {
    paths: Arc<BTreeSet<Utf8PathBuf>>,
    until: Option<Instant>,
}

impl Typing {
    /// These were edited just now.
    pub(crate) fn note(&mut self, edited: &[Utf8PathBuf], now: Instant) {
        if !edited.iter().all(|path| self.paths.contains(path)) {
            Arc::make_mut(&mut self.paths).extend(edited.iter().cloned());
        }
        self.until = Some(now + PAUSE);
    }

    /// A document was closed.
    pub(crate) fn forget(&mut self, path: &Utf8Path) {
        if self.paths.contains(path) {
            Arc::make_mut(&mut self.paths).remove(path);
        }
    }

    /// The documents.
    pub(crate) fn paths(&self) -> &Arc<BTreeSet<Utf8PathBuf>> {
        &self.paths
    }

    /// When it is a pause, if nothing more is typed.
    pub(crate) fn until(&self) -> Option<Instant> {
        self.until
    }

    /// The documents that were typed in, once, when there is a pause.
    pub(crate) fn take(&mut self, now: Instant) -> Option<BTreeSet<Utf8PathBuf>> {
        self.until.take_if(|until| *until <= now)?;
        Some(Arc::unwrap_or_clone(std::mem::take(&mut self.paths)))
    }
}
