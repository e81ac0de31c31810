//! `motor`.

use crate::{Handle, Kind, Library, Mark};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "motor",
    imports: &["motor"],
    kinds: &[("motor", Kind::Driver)],
    calls: &[("motor.motor_asyncio.AsyncIOMotorClient", Mark::Engine)],
    handles: &[("motor.motor_asyncio.AsyncIOMotorClient", Handle::Session)],
    gives: &[
        ("motor.motor_asyncio.AsyncIOMotorClient", "[]", "motor.motor_asyncio.AsyncIOMotorDatabase"),
        ("motor.motor_asyncio.AsyncIOMotorClient", "*", "motor.motor_asyncio.AsyncIOMotorDatabase"),
        ("motor.motor_asyncio.AsyncIOMotorDatabase", "[]", "motor.motor_asyncio.AsyncIOMotorCollection"),
        ("motor.motor_asyncio.AsyncIOMotorDatabase", "*", "motor.motor_asyncio.AsyncIOMotorCollection"),
    ],
    queries: &[(
        "motor.motor_asyncio.AsyncIOMotorCollection",
        &[
            "aggregate",
            "bulk_write",
            "count_documents",
            "delete_many",
            "delete_one",
            "distinct",
            "estimated_document_count",
            "find",
            "find_one",
            "find_one_and_delete",
            "find_one_and_replace",
            "find_one_and_update",
            "insert_many",
            "insert_one",
            "replace_one",
            "update_many",
            "update_one",
        ],
    )],
    ..Library::UNKNOWN
};
