//! `async-lru`.

use crate::Library;

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "async-lru",
    imports: &["async_lru"],
    transparent: &["async_lru.alru_cache"],
    memoizing: &["async_lru.alru_cache"],
    ..Library::UNKNOWN
};
