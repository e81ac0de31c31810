//! `wireup`.

use crate::Library;

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "wireup",
    imports: &["wireup"],
    containers: &["wireup.AsyncContainer", "wireup.SyncContainer"],
    wired_by_type: true,
    ..Library::UNKNOWN
};
