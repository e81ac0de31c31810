//! `Flask-Limiter`.

use crate::{AtImport, Library};

/// What is known of it.
pub(super) const LIBRARY: Library = Library {
    distribution: "Flask-Limiter",
    imports: &["flask_limiter"],
    at_import: &[("flask_limiter.Limiter", AtImport::Configures)],
    ..Library::UNKNOWN
};
