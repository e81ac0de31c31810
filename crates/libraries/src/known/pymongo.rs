//! `pymongo`.

use crate::{AtImport, Client, Handle, Kind, Library, Mark};

/// What is known of it.
pub(super) const LIBRARY: Library = Library {
    distribution: "pymongo",
    imports: &["pymongo", "bson", "gridfs"],
    kinds: &[("bson", Kind::Driver), ("gridfs", Kind::Driver), ("pymongo", Kind::Driver)],
    modules: &[
        ("pymongo.asynchronous.mongo_client", "pymongo"),
        ("pymongo.mongo_client", "pymongo"),
        ("pymongo.synchronous.mongo_client", "pymongo"),
    ],
    namesakes: &["mongo", "pymongo"],
    calls: &[("pymongo.AsyncMongoClient", Mark::Engine), ("pymongo.MongoClient", Mark::Engine)],
    clients: &[Client { maker: "pymongo.MongoClient", class: "pymongo.MongoClient", waits: false }],
    gives: &[
        ("pymongo.MongoClient", "[]", "pymongo.database.Database"),
        ("pymongo.MongoClient", "get_database", "pymongo.database.Database"),
        ("pymongo.MongoClient", "get_default_database", "pymongo.database.Database"),
        ("pymongo.MongoClient", "*", "pymongo.database.Database"),
        ("pymongo.database.Database", "[]", "pymongo.collection.Collection"),
        ("pymongo.database.Database", "get_collection", "pymongo.collection.Collection"),
        ("pymongo.database.Database", "*", "pymongo.collection.Collection"),
        ("pymongo.collection.Collection", "[]", "pymongo.collection.Collection"),
    ],
    client_methods: &[
        (
            "pymongo.MongoClient",
            &["list_database_names", "list_databases", "server_info", "drop_database", "close"],
        ),
        (
            "pymongo.database.Database",
            &["command", "create_collection", "drop_collection", "list_collection_names", "list_collections"],
        ),
        (
            "pymongo.collection.Collection",
            &[
                "bulk_write",
                "count_documents",
                "create_index",
                "create_indexes",
                "delete_many",
                "delete_one",
                "distinct",
                "drop",
                "estimated_document_count",
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
        ),
    ],
    makes: &[("pymongo.AsyncMongoClient", "pymongo.AsyncMongoClient")],
    at_import: &[
        ("bson", AtImport::Pure),
        ("pymongo.AsyncMongoClient", AtImport::Makes),
        ("pymongo.IndexModel", AtImport::Pure),
        ("pymongo.MongoClient", AtImport::Acts),
    ],
    handles: &[("pymongo.AsyncMongoClient", Handle::Session), ("pymongo.MongoClient", Handle::Session)],
    effects: &["pymongo.AsyncMongoClient", "pymongo.MongoClient"],
    ..Library::UNKNOWN
};
