//! `pymongo`.

use crate::{Client, Handle, Kind, Library, Mark};

/// What is known of it.
pub(super) const LIBRARY: Library = Library {
    distribution: "pymongo",
    imports: &["bson", "pymongo"],
    kinds: &[("bson", Kind::Driver), ("pymongo", Kind::Driver)],
    namesakes: &["mongo", "pymongo"],
    calls: &[("pymongo.MongoClient", Mark::Engine)],
    clients: &[Client { maker: "pymongo.MongoClient", class: "pymongo.MongoClient", waits: false }],
    handles: &[("pymongo.AsyncMongoClient", Handle::Session), ("pymongo.MongoClient", Handle::Session)],
    effects: &["pymongo.MongoClient"],
    ..Library::UNKNOWN
};
