//! `redis-om`.

use crate::{ClassRole, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "redis-om",
    imports: &["redis_om"],
    kinds: &[("redis_om", Kind::Orm)],
    bases: &[("redis_om", ClassRole::OrmModel)],
    ..Library::UNKNOWN
};
