//! `marshmallow-jsonapi`.

use crate::{ClassRole, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "marshmallow-jsonapi",
    imports: &["marshmallow_jsonapi"],
    kinds: &[("marshmallow_jsonapi", Kind::Schema)],
    bases: &[("marshmallow_jsonapi", ClassRole::Serializer)],
    ..Library::UNKNOWN
};
