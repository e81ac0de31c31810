//! `Flask-CORS`.

use crate::{AtImport, Library};

/// What is known of it.
pub(super) const LIBRARY: Library = Library {
    distribution: "Flask-CORS",
    imports: &["flask_cors"],
    at_import: &[("flask_cors.CORS", AtImport::Configures)],
    ..Library::UNKNOWN
};
