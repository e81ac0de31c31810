//! `beanie`.

use crate::{ClassRole, Kind, Library};

/// What is known of it.
pub(super) const LIBRARY: Library = Library {
    distribution: "beanie",
    imports: &["beanie"],
    kinds: &[("beanie", Kind::Orm)],
    bases: &[("beanie.Document", ClassRole::OrmModel)],
    ..Library::UNKNOWN
};
