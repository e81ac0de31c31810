//! `Flask-WTF`.

use crate::{AtImport, ClassRole, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "Flask-WTF",
    imports: &["flask_wtf"],
    kinds: &[("flask_wtf", Kind::Web)],
    bases: &[("flask_wtf", ClassRole::Form)],
    other_fields: &["flask_wtf"],
    at_import: &[("flask_wtf", AtImport::Configures)],
    ..Library::UNKNOWN
};
