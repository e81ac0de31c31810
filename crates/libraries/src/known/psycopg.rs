//! `psycopg`.

use crate::{AtImport, Client, Handle, Kind, Library, Mark};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "psycopg",
    imports: &["psycopg", "psycopg_pool"],
    kinds: &[("psycopg", Kind::Driver), ("psycopg_pool", Kind::Driver)],
    calls: &[
        ("psycopg.AsyncConnection.connect", Mark::Engine),
        ("psycopg.Connection.connect", Mark::Engine),
        ("psycopg.connect", Mark::Engine),
        ("psycopg_pool.AsyncConnectionPool", Mark::Engine),
        ("psycopg_pool.ConnectionPool", Mark::Engine),
    ],
    clients: &[
        Client { maker: "psycopg.connect", class: "psycopg.Connection", waits: true },
        Client { maker: "psycopg.Connection.connect", class: "psycopg.Connection", waits: true },
        Client { maker: "psycopg_pool.ConnectionPool", class: "psycopg_pool.ConnectionPool", waits: false },
    ],
    client_methods: &[
        ("psycopg.Connection", &["execute", "commit", "rollback"]),
        ("psycopg_pool.ConnectionPool", &["getconn", "open", "wait", "close"]),
    ],
    gives: &[
        ("psycopg.AsyncConnection", "cursor", "psycopg.AsyncCursor"),
        ("psycopg_pool.AsyncConnectionPool", "connection", "psycopg.AsyncConnection"),
        ("psycopg_pool.ConnectionPool", "connection", "psycopg.Connection"),
    ],
    queries: &[
        ("psycopg.AsyncConnection", &["execute"]),
        ("psycopg.AsyncCursor", &["execute", "executemany"]),
        ("psycopg.Connection", &["execute"]),
        ("psycopg.Cursor", &["execute", "executemany"]),
    ],
    makes: &[("psycopg.AsyncConnection.connect", "psycopg.AsyncConnection")],
    at_import: &[
        ("psycopg.connect", AtImport::Acts),
        ("psycopg.rows", AtImport::Pure),
        ("psycopg.sql", AtImport::Pure),
    ],
    handles: &[
        ("psycopg.AsyncConnection", Handle::Session),
        ("psycopg.AsyncConnection.connect", Handle::Session),
        ("psycopg.Connection", Handle::Session),
        ("psycopg.Connection.connect", Handle::Session),
        ("psycopg.connect", Handle::Session),
        ("psycopg_pool.AsyncConnectionPool", Handle::Session),
        ("psycopg_pool.ConnectionPool", Handle::Session),
    ],
    effects: &[
        "psycopg.AsyncConnection.connect",
        "psycopg.Connection.connect",
        "psycopg.connect",
        "psycopg_pool.AsyncConnectionPool",
        "psycopg_pool.ConnectionPool",
    ],
    ..Library::UNKNOWN
};
