//! `httpx`.

use crate::{AtImport, Client, HTTP_VERBS, Handle, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "httpx",
    imports: &["httpx"],
    kinds: &[("httpx", Kind::Client)],
    namesakes: &["httpx"],
    verbs: &["httpx"],
    clients: &[Client { maker: "httpx.Client", class: "httpx.Client", waits: false }],
    client_methods: &[("httpx.Client", HTTP_VERBS)],
    at_import: &[
        ("httpx.AsyncClient", AtImport::Makes),
        ("httpx.Client", AtImport::Makes),
        ("httpx.Limits", AtImport::Pure),
        ("httpx.Timeout", AtImport::Pure),
    ],
    handles: &[("httpx.AsyncClient", Handle::Client), ("httpx.Client", Handle::Client)],
    effects: &["httpx.AsyncClient", "httpx.Client"],
    shared_clients: &["httpx.AsyncClient"],
    ..Library::UNKNOWN
};
