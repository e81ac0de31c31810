//! `odmantic`.

use crate::{ClassRole, Kind, Library};

/// What is known of it.
pub(super) const LIBRARY: Library = Library {
    distribution: "odmantic",
    imports: &["odmantic"],
    kinds: &[("odmantic", Kind::Orm)],
    bases: &[("odmantic.Model", ClassRole::OrmModel)],
    ..Library::UNKNOWN
};
