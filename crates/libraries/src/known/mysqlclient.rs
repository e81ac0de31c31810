//! `mysqlclient`.

use crate::{Client, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "mysqlclient",
    imports: &["MySQLdb"],
    kinds: &[("MySQLdb", Kind::Driver)],
    clients: &[Client { maker: "MySQLdb.connect", class: "MySQLdb.Connection", waits: true }],
    client_methods: &[("MySQLdb.Connection", &["commit", "rollback", "query"])],
    ..Library::UNKNOWN
};
