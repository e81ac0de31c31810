//! `peewee`.

use crate::{ClassRole, Kind, Library};

/// What is known of it.
pub(super) const LIBRARY: Library = Library {
    distribution: "peewee",
    imports: &["peewee", "playhouse"],
    kinds: &[("peewee", Kind::Orm), ("playhouse", Kind::Orm)],
    bases: &[("peewee.Model", ClassRole::OrmModel), ("playhouse", ClassRole::OrmModel)],
    other_fields: &["peewee"],
    ..Library::UNKNOWN
};
