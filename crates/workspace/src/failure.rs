//! Why a reader came back empty-handed: cut off by a write, or a panic that must not become more than one lost answer.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Why a reader has no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// A write cut it off; its answer would be stale. Ask a newer snapshot.
    Cancelled,
    /// It panicked, with these words: an error for this request and a line in the log, never the end.
    Panicked(String),
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Failure::Cancelled => f.write_str("cut off by a newer change"),
            Failure::Panicked(message) => write!(f, "panicked: {message}"),
        }
    }
}

impl std::error::Error for Failure {}

/// Runs `work` and turns an unwinding out of it into a [`Failure`].
///
/// What `work` borrows is safe to see afterwards: queries leave no memo behind when they unwind.
///
/// # Errors
/// [`Failure::Cancelled`] where a write cut it off, [`Failure::Panicked`] where it panicked.
pub(crate) fn catch<T>(work: impl FnOnce() -> T) -> Result<T, Failure> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|payload| of_payload(&*payload))
}

/// What an unwinding was about.
pub(crate) fn of_payload(payload: &(dyn Any + Send)) -> Failure {
    if let Some(cancelled) = payload.downcast_ref::<salsa::Cancelled>() {
        return match cancelled {
            salsa::Cancelled::PropagatedPanic => {
                Failure::Panicked("a query that this one waited for panicked on another thread".to_owned())
            }
            _ => Failure::Cancelled,
        };
    }
    let message = payload
        .downcast_ref::<&str>()
        .map(|message| (*message).to_owned())
        .or_else(|| payload.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "without words".to_owned());
    Failure::Panicked(message)
}
