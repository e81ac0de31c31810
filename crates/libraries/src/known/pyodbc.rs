//! `pyodbc`.

use crate::{Client, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "pyodbc",
    imports: &["pyodbc"],
    kinds: &[("pyodbc", Kind::Driver)],
    clients: &[Client { maker: "pyodbc.connect", class: "pyodbc.Connection", waits: true }],
    client_methods: &[("pyodbc.Connection", &["execute", "commit", "rollback"])],
    ..Library::UNKNOWN
};
