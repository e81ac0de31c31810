//! `ormar`.

use crate::{ClassRole, Kind, Library};

/// What is known of it.
pub(super) const LIBRARY: Library = Library {
    distribution: "ormar",
    imports: &["ormar"],
    kinds: &[("ormar", Kind::Orm)],
    bases: &[("ormar.Model", ClassRole::OrmModel)],
    ..Library::UNKNOWN
};
