//! `slack-sdk`.

use crate::{Handle, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "slack-sdk",
    imports: &["slack_sdk"],
    kinds: &[("slack_sdk", Kind::Service)],
    namesakes: &["slack"],
    handles: &[
        ("slack_sdk.WebClient", Handle::Client),
        ("slack_sdk.web.async_client.AsyncWebClient", Handle::Client),
    ],
    ..Library::UNKNOWN
};
