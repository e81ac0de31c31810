//! The reply channel of a request, and what the client receives when the answer would be stale.

use tokio::sync::oneshot;
use workspace::Failure;

use crate::proto;

/// The reply channel of a request. The receiver is dropped when the client cancels the request.
#[derive(Debug)]
pub(crate) struct Reply<T> {
    sender: oneshot::Sender<proto::Result<T>>,
}

/// The reply when an edit made the request stale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stale {
    /// The text changed: the answer would be about another one.
    ContentModified,
    /// The client should retry (diagnostic pulls).
    Retrigger,
}

impl<T> Reply<T> {
    /// A reply channel with its receiver.
    pub(crate) fn new() -> (Self, oneshot::Receiver<proto::Result<T>>) {
        let (sender, receiver) = oneshot::channel();
        (Self { sender }, receiver)
    }

    /// Sends the answer, which is dropped if the request was cancelled.
    pub(crate) fn send(self, answer: proto::Result<T>) {
        let _ = self.sender.send(answer);
    }

    /// Answers that the work failed.
    pub(crate) fn fail(self, failure: &Failure, stale: Stale) {
        self.send(Err(match (failure, stale) {
            (Failure::Cancelled, Stale::ContentModified) => proto::content_modified(),
            (Failure::Cancelled, Stale::Retrigger) => proto::server_cancelled(),
            (Failure::Panicked(message), _) => proto::failed(format!("internal error: {message}")),
        }));
    }

    /// Whether nothing waits for the answer any more.
    pub(crate) fn is_cancelled(&self) -> bool {
        self.sender.is_closed()
    }
}
