//! `Flask-Bcrypt`.

use crate::{AtImport, Library};

/// What is known of it.
pub(super) const LIBRARY: Library = Library {
    distribution: "Flask-Bcrypt",
    imports: &["flask_bcrypt"],
    at_import: &[("flask_bcrypt.Bcrypt", AtImport::Configures)],
    ..Library::UNKNOWN
};
