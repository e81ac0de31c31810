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
    client_methods: &[(
        "pymongo.MongoClient",
        &["list_database_names", "list_databases", "server_info", "drop_database", "close"],
    )],
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
