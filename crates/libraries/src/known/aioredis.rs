//! `aioredis`.

use crate::{Handle, Kind, Library, Mark};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "aioredis",
    imports: &["aioredis"],
    kinds: &[("aioredis", Kind::Driver)],
    calls: &[("aioredis.from_url", Mark::Engine)],
    handles: &[("aioredis.from_url", Handle::Cache)],
    ..Library::UNKNOWN
};
