//! `asyncpg`.

use crate::{Handle, Kind, Library, Mark};

/// What is known of it.
pub(super) const LIBRARY: Library = Library {
    distribution: "asyncpg",
    imports: &["asyncpg"],
    kinds: &[("asyncpg", Kind::Driver)],
    calls: &[("asyncpg.connect", Mark::Engine), ("asyncpg.create_pool", Mark::Engine)],
    handles: &[("asyncpg.connect", Handle::Session), ("asyncpg.create_pool", Handle::Session)],
    ..Library::UNKNOWN
};
