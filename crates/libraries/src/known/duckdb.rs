//! `duckdb`.

use crate::{AtImport, Client, Handle, Kind, Library, Mark};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "duckdb",
    imports: &["duckdb"],
    kinds: &[("duckdb", Kind::Driver)],
    calls: &[("duckdb.connect", Mark::Engine)],
    waits: &["duckdb.execute", "duckdb.executemany", "duckdb.fetchall", "duckdb.fetchone"],
    clients: &[Client { maker: "duckdb.connect", class: "duckdb.DuckDBPyConnection", waits: true }],
    client_methods: &[(
        "duckdb.DuckDBPyConnection",
        &[
            "execute",
            "executemany",
            "fetchall",
            "fetchone",
            "fetchmany",
            "fetchdf",
            "fetchnumpy",
            "commit",
            "rollback",
            "checkpoint",
        ],
    )],
    makes: &[("duckdb.connect", "duckdb.DuckDBPyConnection")],
    at_import: &[("duckdb.connect", AtImport::Acts)],
    handles: &[("duckdb.DuckDBPyConnection", Handle::Session), ("duckdb.connect", Handle::Session)],
    effects: &["duckdb.connect"],
    ..Library::UNKNOWN
};
