//! What the threads report to the serving task: that the client has requested shutdown, or that it is gone.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// The two facts that decide when the process ends, and with which exit code. Clones share them.
#[derive(Debug, Default, Clone)]
pub(crate) struct Lifecycle {
    has_shut_down: Arc<AtomicBool>,
    gone: Arc<tokio::sync::Notify>,
}

impl Lifecycle {
    /// The client has sent `shutdown`.
    pub(crate) fn note_shutdown(&self) {
        self.has_shut_down.store(true, Ordering::SeqCst);
    }

    /// Whether the client has sent `shutdown`.
    pub(crate) fn has_shut_down(&self) -> bool {
        self.has_shut_down.load(Ordering::SeqCst)
    }

    /// The client's process has ended: exit.
    pub(crate) fn leave(&self) {
        self.gone.notify_one();
    }

    /// Waits until [`Self::leave`] is called; returns at once if it already was.
    pub(crate) async fn left(&self) {
        self.gone.notified().await;
    }
}
