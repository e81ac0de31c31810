//! `mysql-connector-python`.

use crate::{Client, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "mysql-connector-python",
    imports: &["mysql"],
    kinds: &[("mysql", Kind::Driver)],
    namesakes: &["mysql"],
    clients: &[Client { maker: "mysql.connector.connect", class: "mysql.connector.Connection", waits: true }],
    client_methods: &[("mysql.connector.Connection", &["commit", "rollback"])],
    ..Library::UNKNOWN
};
