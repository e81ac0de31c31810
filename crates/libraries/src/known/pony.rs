//! `pony`.

use crate::{ClassRole, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "pony",
    imports: &["pony"],
    kinds: &[("pony", Kind::Orm)],
    bases: &[("pony.orm.Database.Entity", ClassRole::OrmModel)],
    ..Library::UNKNOWN
};
