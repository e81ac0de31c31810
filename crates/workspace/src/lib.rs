//! What changed, and what still holds? The database: one writer, snapshots, cancellation.
//!
//! Invariants:
//! - only [`Workspace`] writes, and it lives on one thread; everyone else holds a [`Snapshot`];
//! - a write waits until all snapshots are gone: readers are cancelled by it and must drop theirs soon;
//! - a snapshot has no setters and is not cloned behind the writer's back.

mod change;
mod database;
mod index;
mod snapshot;
mod workspace;

pub use change::{BufferEdit, Change};
pub use database::Database;
pub use index::{IndexProgress, index};
pub use snapshot::{Cancelled, Snapshot};
pub use workspace::Workspace;
