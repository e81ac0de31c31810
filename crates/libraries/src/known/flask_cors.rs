//! `Flask-CORS`.

use crate::{AtImport, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "Flask-CORS",
    imports: &["flask_cors"],
    at_import: &[("flask_cors.CORS", AtImport::Configures)],
    ..Library::UNKNOWN
};
