//! `Flask-Marshmallow`.

use crate::{AtImport, ClassRole, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "Flask-Marshmallow",
    imports: &["flask_marshmallow"],
    kinds: &[("flask_marshmallow", Kind::Schema)],
    bases: &[("flask_marshmallow", ClassRole::Serializer)],
    at_import: &[("flask_marshmallow.Marshmallow", AtImport::Configures)],
    ..Library::UNKNOWN
};
