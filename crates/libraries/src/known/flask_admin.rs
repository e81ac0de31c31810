//! `Flask-Admin`.

use crate::{ClassRole, Kind, Library};

/// What is known of it.
pub(super) const LIBRARY: Library = Library {
    distribution: "Flask-Admin",
    imports: &["flask_admin"],
    kinds: &[("flask_admin", Kind::Web)],
    bases: &[("flask_admin", ClassRole::Admin)],
    ..Library::UNKNOWN
};
