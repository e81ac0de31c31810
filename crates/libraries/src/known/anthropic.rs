//! `anthropic`.

use crate::{Handle, Kind, Library};

/// What is known of it.
pub(super) const LIBRARY: Library = Library {
    distribution: "anthropic",
    imports: &["anthropic"],
    kinds: &[("anthropic", Kind::Service)],
    handles: &[("anthropic.Anthropic", Handle::Client), ("anthropic.AsyncAnthropic", Handle::Client)],
    ..Library::UNKNOWN
};
