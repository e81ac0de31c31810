//! `anthropic`.

use crate::{Client, Handle, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "anthropic",
    imports: &["anthropic"],
    kinds: &[("anthropic", Kind::Service)],
    clients: &[Client { maker: "anthropic.Anthropic", class: "anthropic.Anthropic", waits: false }],
    gives: &[("anthropic.Anthropic", "messages", "anthropic.resources")],
    client_methods: &[("anthropic.resources", &["count_tokens", "create"])],
    handles: &[("anthropic.Anthropic", Handle::Client), ("anthropic.AsyncAnthropic", Handle::Client)],
    ..Library::UNKNOWN
};
