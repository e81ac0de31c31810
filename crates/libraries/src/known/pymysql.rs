//! `pymysql`.

use crate::{Client, Handle, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "pymysql",
    imports: &["pymysql"],
    kinds: &[("pymysql", Kind::Driver)],
    clients: &[Client { maker: "pymysql.connect", class: "pymysql.Connection", waits: true }],
    client_methods: &[("pymysql.Connection", &["commit", "rollback", "query"])],
    handles: &[("pymysql.connect", Handle::Session)],
    ..Library::UNKNOWN
};
