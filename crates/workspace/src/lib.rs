//! What changed, and what still holds? The database: one writer, snapshots, cancellation.
//!
//! Invariants:
//! - only [`Workspace`] writes, and it lives on one thread; everyone else holds a [`Snapshot`];
//! - a write waits until all snapshots are gone: readers are cancelled by it and must drop theirs soon;
//! - a snapshot has no setters and is not cloned behind the writer's back;
//! - an input is set only where its value differs, so that a change told twice costs nothing downstream;
//! - what an editor types is the only input of low durability: a keystroke leaves everything that rests on closed
//!   files, on the set of files and on configuration verified without a look.

mod affected;
mod baselines;
mod change;
mod check;
mod database;
mod failure;
mod index;
mod overlay;
mod snapshot;
mod typed;
mod workers;
mod workspace;

pub use affected::Affected;
pub use baselines::{Accepted, BaselineChoice, BaselineError};
pub use change::{Applied, BufferEdit, Change, Refusal};
pub use database::{Database, ExecutionListener};
pub use failure::Failure;
pub use index::{Index, IndexProgress, Phase, Step};
pub use overlay::Overlay;
pub use snapshot::Snapshot;
pub use typed::Typed;
pub use workers::Workers;
pub use workspace::Workspace;
