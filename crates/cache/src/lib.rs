//! Which results of an earlier run are still valid?
//!
//! A folder of the user stores results computed from texts, keyed by the contents of the texts, so that a second run
//! doesn't compute them again. For each opened folder there are a few *packs*: files that are written once and never
//! changed, each with the entries of one run or of several merged runs. Beside them are the *answers* of whole runs, each
//! with what the run read: if that is still the same, so is the answer.
//!
//! Invariants:
//! - nothing depends on the cache: anything that is damaged, truncated, of another version, or can't be read or written
//!   is treated as missing, with at most a line in the log. An entry is read only if its checksum matches;
//! - an entry is a function of its key: of the text's contents and of the version of the computation ([`Store::new`]).
//!   It therefore never has to be discarded because something changed, only to save space;
//! - a pack gets its name when it is complete, and the name is derived from its contents. Several processes may write
//!   and merge packs concurrently; where their contents overlap, they are equal;
//! - the user decides where the cache is stored, never a workspace.

mod answer;
mod bound;
mod folder;
mod key;
mod pack;
mod store;

pub use answer::{Reads, Recorder};
pub use bound::{Size, clean, size};
pub use folder::{folder, is_switched_off};
pub use key::Key;
pub use store::{Kind, Saved, Store};
