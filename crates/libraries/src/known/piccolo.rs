//! `piccolo`.

use crate::{ClassRole, Kind, Library};

/// What is known of it.
pub(super) const LIBRARY: Library = Library {
    distribution: "piccolo",
    imports: &["piccolo"],
    kinds: &[("piccolo", Kind::Orm)],
    bases: &[("piccolo.table", ClassRole::OrmModel)],
    ..Library::UNKNOWN
};
