//! Moves: a file or folder to another place, a class or function to another module, with every import of the project
//! following.
//!
//! Invariants: a move that can't be followed with certainty is refused as a whole, with the reason ([`Refusal`]); edits
//! refer to the files in their current places, so they are applied before any renaming; every import that resolved
//! before resolves afterwards.

mod after;
mod allowed;
mod apps;
mod chain;
mod choices;
mod computed;
mod documented;
mod dotted;
mod early;
mod files;
mod named;
mod own_place;
mod packaged;
mod packages;
mod places;
mod relative;
mod symbol;
mod targets;
mod tasks;
#[cfg(test)]
mod tests;
mod texts;

use std::fmt;

pub use choices::{MoveChoice, move_choices};
pub use files::{cannot_move_files, move_files};
pub use symbol::{SymbolMove, can_move, move_symbol};
pub use targets::move_targets;
pub use targets::targets_near;

/// Why something can't be moved, in one sentence without a capital or a full stop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal(String);

impl Refusal {
    /// A reason in words.
    pub fn new(reason: impl Into<String>) -> Self {
        Self(reason.into())
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Refusal {}
