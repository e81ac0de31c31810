//! `asyncache`.

use crate::Library;

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "asyncache",
    imports: &["asyncache"],
    transparent: &["asyncache.cached"],
    ..Library::UNKNOWN
};
