//! `redis-om`.

use crate::{ClassRole, Kind, Library};

/// What is known of it.
pub(super) const LIBRARY: Library = Library {
    distribution: "redis-om",
    imports: &["redis_om"],
    kinds: &[("redis_om", Kind::Orm)],
    bases: &[("redis_om", ClassRole::OrmModel)],
    ..Library::UNKNOWN
};
