//! `Flask-Caching`.

use crate::{AtImport, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "Flask-Caching",
    imports: &["flask_caching"],
    kinds: &[("flask_caching", Kind::Driver)],
    at_import: &[("flask_caching.Cache", AtImport::Configures)],
    memoizing_methods: &["memoize"],
    ..Library::UNKNOWN
};
