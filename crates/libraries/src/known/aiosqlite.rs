//! `aiosqlite`.

use crate::{Handle, Kind, Library};

/// What is known of it.
pub(super) const LIBRARY: Library = Library {
    distribution: "aiosqlite",
    imports: &["aiosqlite"],
    kinds: &[("aiosqlite", Kind::Driver)],
    handles: &[("aiosqlite.connect", Handle::Session)],
    ..Library::UNKNOWN
};
