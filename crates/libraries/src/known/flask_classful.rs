//! `Flask-Classful`.

use crate::{ClassRole, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "Flask-Classful",
    imports: &["flask_classful"],
    bases: &[("flask_classful", ClassRole::View)],
    ..Library::UNKNOWN
};
