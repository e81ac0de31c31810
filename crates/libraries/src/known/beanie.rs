//! `beanie`.

use crate::{ClassRole, Kind, Library, Mapper};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "beanie",
    imports: &["beanie"],
    kinds: &[("beanie", Kind::Orm)],
    bases: &[("beanie.Document", ClassRole::OrmModel)],
    queries: &[("beanie.Link", &["fetch"])],
    mappers: &[Mapper {
        base: "beanie.Document",
        asks: &[
            "get",
            "find_one",
            "insert",
            "insert_one",
            "insert_many",
            "create",
            "save",
            "save_changes",
            "replace",
            "upsert",
            "delete",
            "count",
            "fetch_link",
            "fetch_all_links",
            "sync",
        ],
        begins: &["find", "find_all", "find_many", "all"],
        loads: &["aggregate", "project"],
        links: &[],
        back: "",
    }],
    ..Library::UNKNOWN
};
