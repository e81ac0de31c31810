//! `pony`.

use crate::{ClassRole, Kind, Library};

/// What is known of it.
pub(super) const LIBRARY: Library = Library {
    distribution: "pony",
    imports: &["pony"],
    kinds: &[("pony", Kind::Orm)],
    bases: &[("pony.orm.Database.Entity", ClassRole::OrmModel)],
    ..Library::UNKNOWN
};
