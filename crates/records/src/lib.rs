//! Which decisions are recorded, and do they hold?
//!
//! A log of architecture decision records is a folder of Markdown files. This crate finds it, whoever began it (adr-tools,
//! log4brains, MADR, people), reads its records, and works out changes as plain data ([`Change`]): the next record in the form
//! of the newest one, another status with links both ways, another number after two branches took the same.
//! Invariants:
//! - nothing is written here: a [`Change`] names what a file held, so that whoever writes can refuse;
//! - what a record says is never judged, only its form: number, status, links, and what it cites;
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

/// Today in this machine's time zone, as `2026-11-29`.
pub fn today() -> String {
    chrono::Local::now().format("%Y-%m-%d").to_string()
}
