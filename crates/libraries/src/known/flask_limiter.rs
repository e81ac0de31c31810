//! `Flask-Limiter`.

use crate::{AtImport, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "Flask-Limiter",
    imports: &["flask_limiter"],
    at_import: &[("flask_limiter.Limiter", AtImport::Configures)],
    ..Library::UNKNOWN
};
