//! `asyncache`.

use crate::Library;

/// What is known of it.
pub(super) const LIBRARY: Library = Library {
    distribution: "asyncache",
    imports: &["asyncache"],
    transparent: &["asyncache.cached"],
    ..Library::UNKNOWN
};
