//! `aiocache`.

use crate::{Kind, Library};

/// What is known of it.
pub(super) const LIBRARY: Library = Library {
    distribution: "aiocache",
    imports: &["aiocache"],
    kinds: &[("aiocache", Kind::Driver)],
    transparent: &["aiocache.cached"],
    ..Library::UNKNOWN
};
