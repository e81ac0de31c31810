//! `requests`.

use crate::{AtImport, Client, HTTP_VERBS, Handle, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "requests",
    imports: &["requests"],
    kinds: &[("requests", Kind::Client)],
    namesakes: &["requests"],
    verbs: &["requests", "requests.api"],
    clients: &[
        Client { maker: "requests.Session", class: "requests.Session", waits: false },
        Client { maker: "requests.sessions.Session", class: "requests.Session", waits: false },
        Client { maker: "requests.session", class: "requests.Session", waits: false },
    ],
    client_methods: &[("requests.Session", HTTP_VERBS)],
    at_import: &[
        ("requests.Session", AtImport::Makes),
        ("requests.adapters", AtImport::Makes),
        ("requests.auth", AtImport::Pure),
        ("requests.exceptions", AtImport::Pure),
    ],
    handles: &[
        ("requests.Session", Handle::Client),
        ("requests.session", Handle::Client),
        ("requests.sessions.Session", Handle::Client),
    ],
    effects: &["requests.Session", "requests.session"],
    ..Library::UNKNOWN
};
