//! `wireup`.

use crate::Library;

/// What is known of it.
pub(super) const LIBRARY: Library = Library {
    distribution: "wireup",
    imports: &["wireup"],
    containers: &["wireup.AsyncContainer", "wireup.SyncContainer"],
    wired_by_type: true,
    ..Library::UNKNOWN
};
