//! `aiosqlite`.

use crate::{Handle, Kind, Library};

/// What is known of it.
pub(super) const LIBRARY: Library = Library {
    distribution: "aiosqlite",
    imports: &["aiosqlite"],
    kinds: &[("aiosqlite", Kind::Driver)],
    handles: &[("aiosqlite.connect", Handle::Session)],
    queries: &[("aiosqlite.Connection", &["execute", "execute_fetchall", "execute_insert", "executemany"])],
    makes: &[("aiosqlite.connect", "aiosqlite.Connection")],
    ..Library::UNKNOWN
};
