//! `Flask-JWT-Extended`.

use crate::{AtImport, Library};

/// What is known of it.
pub(super) const LIBRARY: Library = Library {
    distribution: "Flask-JWT-Extended",
    imports: &["flask_jwt_extended"],
    at_import: &[("flask_jwt_extended.JWTManager", AtImport::Configures)],
    ..Library::UNKNOWN
};
