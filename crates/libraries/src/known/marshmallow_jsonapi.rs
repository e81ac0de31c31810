//! `marshmallow-jsonapi`.

use crate::{ClassRole, Kind, Library};

/// What is known of it.
pub(super) const LIBRARY: Library = Library {
    distribution: "marshmallow-jsonapi",
    imports: &["marshmallow_jsonapi"],
    kinds: &[("marshmallow_jsonapi", Kind::Schema)],
    bases: &[("marshmallow_jsonapi", ClassRole::Serializer)],
    ..Library::UNKNOWN
};
