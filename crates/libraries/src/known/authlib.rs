//! `authlib`.

use crate::{Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "authlib",
    imports: &["authlib"],
    kinds: &[
        ("authlib", Kind::Crypto),
        ("authlib.integrations.httpx_client", Kind::Client),
        ("authlib.integrations.requests_client", Kind::Client),
        ("authlib.integrations.starlette_client", Kind::Web),
    ],
    ..Library::UNKNOWN
};
