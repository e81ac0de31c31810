//! Who is shown which diagnostics, and when.
//!
//! Clients that ask (pull) are answered, and sent a refresh when something else changed; to the others diagnostics
//! are sent (push), also to those that ask but don't ask again on a refresh. Never both: a client given both shows both.
//!
//! While somebody types, the document shows at once what its text shows by itself, and what was found before moved along
//! with the edits ([`crate::found`]); no keystroke waits for more, and none cuts off work for the project ([`Typing`]). After a pause
//! it is checked whole, the other open ones a moment later, closed files when it has been quiet for longer. Before the workspace is indexed only what no other file could refute
//! is said ([`of_file`]): a graph that is half known would show cycles and layers that aren't there. When the index is
//! complete everything is checked again.

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

/// Diagnostics that were computed, with the generation that they are about.
#[derive(Debug)]
pub(crate) enum Diagnosed {
    /// For clients that are sent diagnostics.
    Push {
        /// Which state of the world.
        generation: u64,
        /// What was checked.
        due: Due,
        /// The sets of the checked files.
        outcome: Result<Vec<Pushed>, Failure>,
    },
    /// A document's pull was answered with this set.
    Pulled(Utf8PathBuf, ResultId),
    /// A document's pull has no answer before the project is known.
    Unknown(DocumentPull),
    /// A workspace pull has come.
    Asked(WorkspacePull),
    /// Whether open documents would now be answered otherwise than they were.
    Compared {
        /// Which state of the world.
        generation: u64,
        /// Documents that would.
        outcome: Result<Vec<Utf8PathBuf>, Failure>,
    },
    /// What a workspace pull would be answered.
    Workspace {
        /// Which pull.
        ticket: u64,
        /// Which state of the world.
        generation: u64,
        /// What changed since the client's last answer.
        outcome: Result<Look, Failure>,
    },
}
