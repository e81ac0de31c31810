//! `tortoise-orm`.

use crate::{ClassRole, Kind, Library, Mapper, Mark};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "tortoise-orm",
    imports: &["tortoise"],
    kinds: &[("tortoise", Kind::Orm)],
    names: &[("tortoise.Model", "tortoise.models.Model")],
    namesakes: &["tortoise"],
    bases: &[("tortoise.Model", ClassRole::OrmModel), ("tortoise.models", ClassRole::OrmModel)],
    calls: &[
        ("tortoise.Tortoise.init", Mark::Engine),
        ("tortoise.contrib.fastapi.register_tortoise", Mark::Engine),
    ],
    mappers: &[Mapper {
        base: "tortoise.models.Model",
        asks: &[
            "get",
            "get_or_none",
            "get_or_create",
            "update_or_create",
            "create",
            "bulk_create",
            "bulk_update",
            "first",
            "exists",
            "save",
            "delete",
            "refresh_from_db",
            "fetch_related",
        ],
        begins: &["all", "filter", "exclude"],
        loads: &["prefetch_related", "select_related", "values", "values_list", "annotate", "only"],
        links: &["tortoise.fields.ForeignKeyField", "tortoise.fields.OneToOneField"],
        back: "related_name",
    }],
    other_fields: &["tortoise"],
    ..Library::UNKNOWN
};
