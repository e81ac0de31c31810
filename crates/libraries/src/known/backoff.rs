//! `backoff`.

use crate::Library;

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "backoff",
    imports: &["backoff"],
    transparent: &["backoff.on_exception", "backoff.on_predicate"],
    ..Library::UNKNOWN
};
