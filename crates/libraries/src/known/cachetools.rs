//! `cachetools`.

use crate::{AtImport, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "cachetools",
    imports: &["cachetools"],
    kinds: &[("cachetools", Kind::Harmless)],
    at_import: &[("cachetools", AtImport::Makes)],
    transparent: &[
        "cachetools.cached",
        "cachetools.cachedmethod",
        "cachetools.func.lru_cache",
        "cachetools.func.ttl_cache",
    ],
    memoizing: &[
        "cachetools.cached",
        "cachetools.cachedmethod",
        "cachetools.func.lru_cache",
        "cachetools.func.ttl_cache",
    ],
    ..Library::UNKNOWN
};
