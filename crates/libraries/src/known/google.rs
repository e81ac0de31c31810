//! Google Cloud.

use crate::{Handle, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "",
    imports: &["google"],
    kinds: &[
        ("google.api_core", Kind::Service),
        ("google.auth", Kind::Service),
        ("google.cloud", Kind::Cloud),
        ("google.oauth2", Kind::Service),
        ("google.protobuf", Kind::Schema),
    ],
    namesakes: &["google"],
    families: &[("google.cloud.", "Client", Handle::Client)],
    ..Library::UNKNOWN
};
