//! `WebOb`.

use crate::{ClassRole, Library};

/// What is known of it.
pub(super) const LIBRARY: Library = Library {
    distribution: "WebOb",
    imports: &["webob"],
    bases: &[("webob.exc", ClassRole::HttpError)],
    ..Library::UNKNOWN
};
