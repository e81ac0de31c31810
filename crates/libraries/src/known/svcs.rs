//! `svcs`.

use crate::Library;

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "svcs",
    imports: &["svcs"],
    containers: &["svcs.Container"],
    container_lookups: &["svcs.fastapi.get", "svcs.flask.aget", "svcs.flask.get", "svcs.flask.get_abstract"],
    wired_by_type: true,
    ..Library::UNKNOWN
};
