//! `pyodbc`.

use crate::{Client, Kind, Library};

/// What is known of it.
pub(super) const LIBRARY: Library = Library {
    distribution: "pyodbc",
    imports: &["pyodbc"],
    kinds: &[("pyodbc", Kind::Driver)],
    clients: &[Client { maker: "pyodbc.connect", class: "pyodbc.Connection", waits: true }],
    client_methods: &[("pyodbc.Connection", &["execute", "commit", "rollback"])],
    ..Library::UNKNOWN
};
