//! `colander`.

use crate::{ClassRole, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "colander",
    imports: &["colander"],
    kinds: &[("colander", Kind::Schema)],
    bases: &[("colander", ClassRole::Serializer)],
    ..Library::UNKNOWN
};
