//! Which diagnostics are shown for which files, and when.
//!
//! Clients that pull are answered, and receive a refresh when something else changed; to the others diagnostics are
//! pushed, including those that pull but don't repeat it on a refresh. Never both: a client that gets both shows both.
//!
//! While the user types, the document shows at once what its text shows by itself, and the earlier findings moved along
//! with the edits ([`crate::found`]); no keystroke waits for more, and none cancels work for the project ([`Typing`]).
//! After a pause it is checked completely, the other open documents a moment later, closed files after a longer pause.
//! Before the workspace is indexed, only findings that no other file could refute are shown ([`of_file`]): an
//! incomplete graph would show wrong cycles and layers. When the index is complete everything is checked again.

mod of_file;
mod of_open;
mod pull;
mod push;
mod result_id;
mod schedule;
mod typing;
mod workspace;

use ::workspace::Failure;
use camino::Utf8PathBuf;

pub(crate) use self::of_file::of_file;
pub(crate) use self::pull::{DocumentPull, Pulls, WorkspacePull, document_result};
pub(crate) use self::push::{Published, Pushed, check};
pub(crate) use self::result_id::ResultId;
pub(crate) use self::schedule::{Due, Schedule};
pub(crate) use self::typing::Typing;
pub(crate) use self::workspace::{Known, Look, Report, reports};

/// Computed diagnostics, with the generation that they belong to.
#[derive(Debug)]
pub(crate) enum Diagnosed {
    /// For clients that receive pushed diagnostics.
    Push {
        /// The generation.
        generation: u64,
        /// What was checked.
        due: Due,
        /// The sets of the checked files.
        outcome: Result<Vec<Pushed>, Failure>,
    },
    /// A document's pull was answered with this set.
    Pulled(Utf8PathBuf, ResultId),
    /// A document's pull can't be answered before the project is known.
    Unknown(DocumentPull),
    /// A workspace pull was received.
    Asked(WorkspacePull),
    /// Whether open documents would now get other answers than before.
    Compared {
        /// The generation.
        generation: u64,
        /// The documents that would.
        outcome: Result<Vec<Utf8PathBuf>, Failure>,
    },
    /// The answer to a workspace pull.
    Workspace {
        /// The pull.
        ticket: u64,
        /// The generation.
        generation: u64,
        /// What changed since the client's last answer.
        outcome: Result<Look, Failure>,
    },
}
