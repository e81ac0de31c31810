//! `colander`.

use crate::{ClassRole, Kind, Library};

/// What is known of it.
pub(super) const LIBRARY: Library = Library {
    distribution: "colander",
    imports: &["colander"],
    kinds: &[("colander", Kind::Schema)],
    bases: &[("colander", ClassRole::Serializer)],
    ..Library::UNKNOWN
};
