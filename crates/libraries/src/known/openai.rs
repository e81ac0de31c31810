//! `openai`.

use crate::{Handle, Kind, Library};

/// What is known of it.
pub(super) const LIBRARY: Library = Library {
    distribution: "openai",
    imports: &["openai"],
    kinds: &[("openai", Kind::Service)],
    namesakes: &["openai"],
    handles: &[("openai.AsyncOpenAI", Handle::Client), ("openai.OpenAI", Handle::Client)],
    ..Library::UNKNOWN
};
