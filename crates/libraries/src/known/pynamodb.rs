//! `pynamodb`.

use crate::{ClassRole, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "pynamodb",
    imports: &["pynamodb"],
    kinds: &[("pynamodb", Kind::Orm)],
    bases: &[("pynamodb", ClassRole::OrmModel)],
    ..Library::UNKNOWN
};
