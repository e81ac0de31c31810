//! Why a reader has no result: cancelled by a write, or a panic that must not cost more than one answer.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use salsa::Database as _;

use crate::Database;

/// Why a reader has no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// A write cancelled it; its answer would be stale. Use a newer snapshot.
    Cancelled,
    /// It panicked with this message: an error for this request and a line in the log, but the server goes on.
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

/// Runs `work`, which may query `db`, and turns an unwind into a [`Failure`].
///
/// What `work` borrows is safe to use afterwards: queries leave no memo behind when they unwind.
///
/// # Errors
/// [`Failure::Cancelled`] if a write cancelled it, [`Failure::Panicked`] if it panicked.
pub(crate) fn catch<T>(db: &Database, work: impl FnOnce() -> T) -> Result<T, Failure> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|payload| of_payload(db, &*payload))
}

/// Why a reader of `db` unwound with `payload`.
///
/// salsa throws `PropagatedPanic` into every thread that waits for a query when the thread that runs it unwinds,
/// whether that one panicked or was itself cancelled by a write. The pending write distinguishes the two: it can't
/// proceed before this reader's handle is gone, so it is still pending if it was the reason. If there was a panic and a
/// write is pending too, the answer would be stale anyway, and the thread that panicked reports it.
pub(crate) fn of_payload(db: &Database, payload: &(dyn Any + Send)) -> Failure {
    if let Some(cancelled) = payload.downcast_ref::<salsa::Cancelled>() {
        return match cancelled {
            salsa::Cancelled::PropagatedPanic if !is_write_pending(db) => {
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

fn is_write_pending(db: &Database) -> bool {
    salsa::Cancelled::catch(AssertUnwindSafe(|| db.unwind_if_revision_cancelled())).is_err()
}
