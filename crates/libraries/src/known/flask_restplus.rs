//! `Flask-Restplus`.

use crate::{ClassRole, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "Flask-Restplus",
    imports: &["flask_restplus"],
    bases: &[("flask_restplus", ClassRole::View)],
    views: &["flask_restplus.Resource"],
    ..Library::UNKNOWN
};
