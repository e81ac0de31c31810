//! `backoff`.

use crate::Library;

/// What is known of it.
pub(super) const LIBRARY: Library = Library {
    distribution: "backoff",
    imports: &["backoff"],
    transparent: &["backoff.on_exception", "backoff.on_predicate"],
    ..Library::UNKNOWN
};
