//! `tortoise-orm`.

use crate::{ClassRole, Kind, Library, Mark};

/// What is known of it.
pub(super) const LIBRARY: Library = Library {
    distribution: "tortoise-orm",
    imports: &["tortoise"],
    kinds: &[("tortoise", Kind::Orm)],
    namesakes: &["tortoise"],
    bases: &[("tortoise.Model", ClassRole::OrmModel), ("tortoise.models", ClassRole::OrmModel)],
    calls: &[
        ("tortoise.Tortoise.init", Mark::Engine),
        ("tortoise.contrib.fastapi.register_tortoise", Mark::Engine),
    ],
    other_fields: &["tortoise"],
    ..Library::UNKNOWN
};
