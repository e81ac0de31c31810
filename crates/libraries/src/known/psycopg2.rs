//! `psycopg2`.

use crate::{Client, Handle, Kind, Library, Mark};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "psycopg2",
    imports: &["psycopg2"],
    kinds: &[("psycopg2", Kind::Driver)],
    namesakes: &["postgres"],
    calls: &[("psycopg2.connect", Mark::Engine)],
    clients: &[Client { maker: "psycopg2.connect", class: "psycopg2.connection", waits: true }],
    client_methods: &[("psycopg2.connection", &["commit", "rollback"])],
    handles: &[("psycopg2.connect", Handle::Session)],
    effects: &["psycopg2.connect"],
    ..Library::UNKNOWN
};
