//! `piccolo`.

use crate::{ClassRole, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "piccolo",
    imports: &["piccolo"],
    kinds: &[("piccolo", Kind::Orm)],
    bases: &[("piccolo.table", ClassRole::OrmModel)],
    ..Library::UNKNOWN
};
