//! `Flask-JWT-Extended`.

use crate::{AtImport, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "Flask-JWT-Extended",
    imports: &["flask_jwt_extended"],
    at_import: &[("flask_jwt_extended.JWTManager", AtImport::Configures)],
    ..Library::UNKNOWN
};
