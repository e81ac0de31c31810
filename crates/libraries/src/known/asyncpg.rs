//! `asyncpg`.

use crate::{Handle, Kind, Library, Mark};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "asyncpg",
    imports: &["asyncpg"],
    kinds: &[("asyncpg", Kind::Driver)],
    calls: &[("asyncpg.connect", Mark::Engine), ("asyncpg.create_pool", Mark::Engine)],
    handles: &[("asyncpg.connect", Handle::Session), ("asyncpg.create_pool", Handle::Session)],
    gives: &[("asyncpg.Pool", "acquire", "asyncpg.Connection")],
    queries: &[
        ("asyncpg.Connection", &["execute", "executemany", "fetch", "fetchrow", "fetchval"]),
        ("asyncpg.Pool", &["execute", "executemany", "fetch", "fetchrow", "fetchval"]),
    ],
    makes: &[("asyncpg.connect", "asyncpg.Connection"), ("asyncpg.create_pool", "asyncpg.Pool")],
    modules: &[("asyncpg.connection", "asyncpg"), ("asyncpg.pool", "asyncpg")],
    ..Library::UNKNOWN
};
