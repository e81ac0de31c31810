//! `aiosqlite`.

use crate::{Handle, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "aiosqlite",
    imports: &["aiosqlite"],
    kinds: &[("aiosqlite", Kind::Driver)],
    handles: &[("aiosqlite.connect", Handle::Session)],
    queries: &[("aiosqlite.Connection", &["execute", "execute_fetchall", "execute_insert", "executemany"])],
    makes: &[("aiosqlite.connect", "aiosqlite.Connection")],
    ..Library::UNKNOWN
};
