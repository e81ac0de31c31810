//! `peewee`.

use crate::{ClassRole, Kind, Library, Mapper};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "peewee",
    imports: &["peewee", "playhouse"],
    kinds: &[("peewee", Kind::Orm), ("playhouse", Kind::Orm)],
    bases: &[("peewee.Model", ClassRole::OrmModel), ("playhouse", ClassRole::OrmModel)],
    mappers: &[Mapper {
        base: "peewee.Model",
        asks: &[
            "get",
            "get_or_none",
            "get_by_id",
            "get_or_create",
            "set_by_id",
            "delete_by_id",
            "create",
            "save",
            "delete_instance",
            "dependencies",
        ],
        begins: &["select", "raw"],
        loads: &[
            "join",
            "join_from",
            "left_outer_join",
            "prefetch",
            "dicts",
            "tuples",
            "namedtuples",
            "objects",
        ],
        links: &["peewee.ForeignKeyField"],
        back: "backref",
    }],
    other_fields: &["peewee"],
    ..Library::UNKNOWN
};
