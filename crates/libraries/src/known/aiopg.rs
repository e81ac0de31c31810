//! `aiopg`.

use crate::{Handle, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "aiopg",
    imports: &["aiopg"],
    kinds: &[("aiopg", Kind::Driver)],
    handles: &[("aiopg.connect", Handle::Session), ("aiopg.create_pool", Handle::Session)],
    ..Library::UNKNOWN
};
