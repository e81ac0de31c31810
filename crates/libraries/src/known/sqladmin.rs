//! `sqladmin`.

use crate::{ClassRole, Kind, Library};

/// What is known of it.
pub(super) const LIBRARY: Library = Library {
    distribution: "sqladmin",
    imports: &["sqladmin"],
    kinds: &[("sqladmin", Kind::Web)],
    bases: &[("sqladmin", ClassRole::Admin)],
    ..Library::UNKNOWN
};
