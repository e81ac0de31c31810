//! `aiocache`.

use crate::{Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "aiocache",
    imports: &["aiocache"],
    kinds: &[("aiocache", Kind::Driver)],
    transparent: &["aiocache.cached"],
    ..Library::UNKNOWN
};
