//! `gino`.

use crate::{ClassRole, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "gino",
    imports: &["gino"],
    kinds: &[("gino", Kind::Orm)],
    bases: &[("gino.Gino.Model", ClassRole::OrmModel)],
    ..Library::UNKNOWN
};
