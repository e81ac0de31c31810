//! `ormar`.

use crate::{ClassRole, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "ormar",
    imports: &["ormar"],
    kinds: &[("ormar", Kind::Orm)],
    bases: &[("ormar.Model", ClassRole::OrmModel)],
    ..Library::UNKNOWN
};
