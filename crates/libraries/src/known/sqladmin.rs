//! `sqladmin`.

use crate::{ClassRole, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "sqladmin",
    imports: &["sqladmin"],
    kinds: &[("sqladmin", Kind::Web)],
    bases: &[("sqladmin", ClassRole::Admin)],
    ..Library::UNKNOWN
};
