//! `odmantic`.

use crate::{ClassRole, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "odmantic",
    imports: &["odmantic"],
    kinds: &[("odmantic", Kind::Orm)],
    bases: &[("odmantic.Model", ClassRole::OrmModel)],
    ..Library::UNKNOWN
};
