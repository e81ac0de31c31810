//! `Flask-Admin`.

use crate::{ClassRole, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "Flask-Admin",
    imports: &["flask_admin"],
    kinds: &[("flask_admin", Kind::Web)],
    bases: &[("flask_admin", ClassRole::Admin)],
    ..Library::UNKNOWN
};
