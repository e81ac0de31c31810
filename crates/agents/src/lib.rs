//! What does a coding agent need to know before it edits, and what would its change do?
//!
//! One [`Session`] keeps the index of a project warm. Each tool is a function of a session and its arguments and
//! returns one JSON object, small enough for an agent's context ([`answer`]); the command line and the protocol
//! ([`mcp`]) return the same. Invariants:
//! - nothing is ever written: proposed files are overlaid on the disk ([`source::OverlayFileSystem`]) and removed
//!   again;
//! - each answer is about the current files on disk, and those that the caller passes;
//! - what was left out is counted, what could not be checked is reported: an empty answer never looks like a clean one;
//! - a question that can't be answered is [`Refused`] in one sentence that names what to pass instead.

pub mod answer;
mod check;
mod command;
mod context;
mod contracts;
mod delta;
mod explain;
mod figures;
pub mod git;
mod impact;
pub mod init;
mod layer;
mod may_import;
pub mod mcp;
mod patch;
mod place;
mod refused;
mod resources;
mod route;
mod row;
mod session;
mod sibling;
mod simulate;
mod subject;
pub mod tools;

pub use refused::Refused;
pub use session::Session;
