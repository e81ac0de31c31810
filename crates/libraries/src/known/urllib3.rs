//! `urllib3`.

use crate::{Client, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "urllib3",
    imports: &["urllib3"],
    kinds: &[("urllib3", Kind::Client)],
    clients: &[Client { maker: "urllib3.PoolManager", class: "urllib3.PoolManager", waits: false }],
    client_methods: &[("urllib3.PoolManager", &["request", "urlopen"])],
    effects: &["urllib3.PoolManager"],
    ..Library::UNKNOWN
};
