//! `WebOb`.

use crate::{ClassRole, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "WebOb",
    imports: &["webob"],
    bases: &[("webob.exc", ClassRole::HttpError)],
    ..Library::UNKNOWN
};
