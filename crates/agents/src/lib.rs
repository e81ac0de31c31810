//! What does a coding agent need to know before it edits, and what would its change do?
//!
//! One [`Session`] keeps the index of a project warm. Each tool is a function of a session and its arguments and answers with
//! one JSON object, small enough for an agent's context ([`answer`]); the command line and the protocol ([`mcp`]) say the same.
//! Invariants:
//! - nothing is ever written: what would be is laid over the disk ([`source::OverlayFileSystem`]) and lifted again;
//! - each answer is about the files as they are on disk at that moment, and what the caller gives beside them;
//! - what was left out is counted, what could not be looked at is said: an empty answer never looks like a clean one;
//! - a question that can't be answered is [`Refused`] in one sentence that says what to give instead.

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
