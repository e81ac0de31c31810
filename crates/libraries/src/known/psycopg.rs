//! `psycopg`.

use crate::{Client, Handle, Kind, Library, Mark};

/// What is known of it.
pub(super) const LIBRARY: Library = Library {
    distribution: "psycopg",
    imports: &["psycopg", "psycopg_pool"],
    kinds: &[("psycopg", Kind::Driver), ("psycopg_pool", Kind::Driver)],
    calls: &[("psycopg.connect", Mark::Engine)],
    clients: &[
        Client { maker: "psycopg.connect", class: "psycopg.Connection", waits: true },
        Client { maker: "psycopg.Connection.connect", class: "psycopg.Connection", waits: true },
    ],
    client_methods: &[("psycopg.Connection", &["execute", "commit", "rollback"])],
    handles: &[("psycopg.connect", Handle::Session)],
    effects: &["psycopg.connect"],
    ..Library::UNKNOWN
};
