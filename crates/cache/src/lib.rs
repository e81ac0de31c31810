//! What was worked out in an earlier run, and still holds?
//!
//! A folder of the user's keeps what was worked out of texts, by their contents, so that a second run doesn't work it out
//! again. For each folder that is opened there are a few *packs*: files that are written once and never changed, each with
//! the entries of one run or of several that were brought together.
//!
//! Invariants:
//! - nothing rests on it: what is damaged, cut off, of another version, or can't be read or written is not there, and a
//!   line in the log at most. An entry is read only where its checksum holds;
//! - an entry is a function of its key: of the text's contents and of the version of what works it out
//!   ([`Store::new`]). So it never has to be thrown away because something changed, only to save space;
//! - a pack gets its name when it is whole, and the name is made of its contents. Several processes may write packs at once
//!   and bring packs together at once; what they write says the same where it overlaps;
//! - where it is kept is for the user to say, never for a workspace.

mod bound;
mod folder;
mod key;
mod pack;
mod store;

pub use bound::{Size, clean, size};
pub use folder::{folder, is_switched_off};
pub use key::Key;
pub use store::{Kind, Saved, Store};
