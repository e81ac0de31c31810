//! `marshmallow-sqlalchemy`.

use crate::{AtImport, ClassRole, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "marshmallow-sqlalchemy",
    imports: &["marshmallow_sqlalchemy"],
    kinds: &[("marshmallow_sqlalchemy", Kind::Schema)],
    bases: &[("marshmallow_sqlalchemy", ClassRole::Serializer)],
    at_import: &[("marshmallow_sqlalchemy", AtImport::Configures)],
    ..Library::UNKNOWN
};
