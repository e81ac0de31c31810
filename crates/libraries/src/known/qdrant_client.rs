//! `qdrant-client`.

use crate::{Handle, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "qdrant-client",
    imports: &["qdrant_client"],
    kinds: &[("qdrant_client", Kind::Driver)],
    handles: &[
        ("qdrant_client.AsyncQdrantClient", Handle::Client),
        ("qdrant_client.QdrantClient", Handle::Client),
    ],
    ..Library::UNKNOWN
};
