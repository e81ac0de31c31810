//! What changed, and what still holds? The database: one writer, snapshots, cancellation.
//!
//! Invariants:
//! - only [`Workspace`] writes, and it stays on one thread; everything else holds a [`Snapshot`];
//! - a write waits until all snapshots are gone: it cancels readers, which must drop theirs soon;
//! - a snapshot has no setters and is not cloned without the writer's knowledge;
//! - an input is set only if its value differs, so that a change reported twice costs nothing downstream;
//! - the text typed in an editor is the only input of low durability: after a keystroke, everything that depends only
//!   on closed files, on the set of files and on configuration is verified without being visited.

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
