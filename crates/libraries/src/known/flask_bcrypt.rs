//! `Flask-Bcrypt`.

use crate::{AtImport, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "Flask-Bcrypt",
    imports: &["flask_bcrypt"],
    at_import: &[("flask_bcrypt.Bcrypt", AtImport::Configures)],
    ..Library::UNKNOWN
};
