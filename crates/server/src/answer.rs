//! The way back of a request's answer, and what the client hears where the answer would be stale.

use tokio::sync::oneshot;
use workspace::Failure;

use crate::proto;

/// The way back of an answer. Dropped on the other side when the client cancels the request.
#[derive(Debug)]
pub(crate) struct Reply<T> {
    sender: oneshot::Sender<proto::Result<T>>,
}

/// What is answered where an edit overtook the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stale {
    /// The text changed: the answer would be about another one.
    ContentModified,
    /// Ask again (diagnostic pulls).
    Retrigger,
}

impl<T> Reply<T> {
    /// A way back, and where the answer arrives.
    pub(crate) fn new() -> (Self, oneshot::Receiver<proto::Result<T>>) {
        let (sender, receiver) = oneshot::channel();
        (Self { sender }, receiver)
    }

    /// Answers. Nobody hears it when the request was cancelled.
    pub(crate) fn send(self, answer: proto::Result<T>) {
        let _ = self.sender.send(answer);
    }

    /// Answers that the work came to nothing.
    pub(crate) fn fail(self, failure: &Failure, stale: Stale) {
        self.send(Err(match (failure, stale) {
            (Failure::Cancelled, Stale::ContentModified) => proto::content_modified(),
            (Failure::Cancelled, Stale::Retrigger) => proto::server_cancelled(),
            (Failure::Panicked(message), _) => proto::failed(format!("internal error: {message}")),
        }));
    }

    /// Whether nobody waits any more.
    pub(crate) fn is_cancelled(&self) -> bool {
        self.sender.is_closed()
    }
}
