//! `google-cloud`.

use crate::{Handle, Kind, Library};

/// What is known of it.
pub(super) const LIBRARY: Library = Library {
    distribution: "google-cloud",
    imports: &["google"],
    kinds: &[
        ("google.api_core", Kind::Service),
        ("google.auth", Kind::Service),
        ("google.cloud", Kind::Service),
        ("google.oauth2", Kind::Service),
        ("google.protobuf", Kind::Schema),
    ],
    namesakes: &["google"],
    families: &[("google.cloud.", "Client", Handle::Client)],
    ..Library::UNKNOWN
};
