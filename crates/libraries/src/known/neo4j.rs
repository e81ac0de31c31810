//! `neo4j`.

use crate::{Handle, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "neo4j",
    imports: &["neo4j"],
    kinds: &[("neo4j", Kind::Driver)],
    handles: &[
        ("neo4j.AsyncGraphDatabase.driver", Handle::Session),
        ("neo4j.GraphDatabase.driver", Handle::Session),
    ],
    ..Library::UNKNOWN
};
