//! `marshmallow`.

use crate::{AtImport, ClassRole, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "marshmallow",
    imports: &["marshmallow"],
    kinds: &[("marshmallow", Kind::Schema)],
    bases: &[("marshmallow.Schema", ClassRole::Serializer)],
    other_fields: &["marshmallow"],
    at_import: &[("marshmallow", AtImport::Configures)],
    ..Library::UNKNOWN
};
