//! `dogpile.cache`.

use crate::{Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "dogpile.cache",
    imports: &["dogpile"],
    kinds: &[("dogpile", Kind::Driver)],
    memoizing_methods: &["cache_multi_on_arguments", "cache_on_arguments"],
    absent: &[
        "dogpile.cache.api.NO_VALUE",
        "dogpile.cache.api.NoValue",
        "dogpile.cache.region.NO_VALUE",
        "dogpile.cache.region.NoValue",
    ],
    ..Library::UNKNOWN
};
