//! `pynamodb`.

use crate::{ClassRole, Kind, Library};

/// What is known of it.
pub(super) const LIBRARY: Library = Library {
    distribution: "pynamodb",
    imports: &["pynamodb"],
    kinds: &[("pynamodb", Kind::Orm)],
    bases: &[("pynamodb", ClassRole::OrmModel)],
    ..Library::UNKNOWN
};
