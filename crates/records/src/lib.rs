//! Which decisions are recorded, and do they hold?
//!
//! A log of architecture decision records is a folder of Markdown files. This crate finds the log, whatever created it
//! (adr-tools, log4brains, MADR, people), reads its records, and computes changes as plain data ([`Change`]): the next
//! record in the form of the newest one, a new status with links in both directions, or a new number after two branches
//! took the same one. Invariants:
//! - nothing is written here: a [`Change`] includes the previous contents of a file, so that the caller can refuse to
//!   write;
//! - the contents of a record are never checked, only its form: number, status, links, and citations;
//! - what people decide stays `TODO`: drivers and choices are never made up.

mod change;
mod check;
mod citation;
mod draft;
mod folder;
mod git;
mod heading;
mod index;
mod log;
mod name;
mod outline;
mod record;
mod reference;
mod renumber;
mod status;
mod template;
mod transition;

pub use change::{Change, Changes};
pub use check::{Problem, problems};
pub use citation::{Citation, Cited, citations, named_after};
pub use draft::{Draft, Evidence, draft};
pub use folder::{Form, Home, find};
pub use git::Branches;
pub use index::{Index, index};
pub use log::Log;
pub use name::Id;
pub use record::Record;
pub use renumber::{Renumbered, may_name, renumber};
pub use status::{Status, Word};
pub use transition::{Transition, transition};

/// Today's date in the local time zone, as `2026-11-29`.
pub fn today() -> String {
    chrono::Local::now().format("%Y-%m-%d").to_string()
}
