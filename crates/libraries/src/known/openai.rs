//! `openai`.

use crate::{Client, Handle, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "openai",
    imports: &["openai"],
    kinds: &[("openai", Kind::Service)],
    namesakes: &["openai"],
    clients: &[
        Client { maker: "openai.AzureOpenAI", class: "openai.OpenAI", waits: false },
        Client { maker: "openai.OpenAI", class: "openai.OpenAI", waits: false },
    ],
    gives: &[
        ("openai.OpenAI", "with_options", "openai.OpenAI"),
        ("openai.OpenAI", "*", "openai.resources"),
        ("openai.resources", "completions", "openai.resources"),
        ("openai.resources", "messages", "openai.resources"),
        ("openai.resources", "runs", "openai.resources"),
        ("openai.resources", "threads", "openai.resources"),
        ("openai.resources", "files", "openai.resources"),
    ],
    client_methods: &[(
        "openai.resources",
        &["content", "create", "delete", "edit", "generate", "list", "parse", "retrieve"],
    )],
    handles: &[("openai.AsyncOpenAI", Handle::Client), ("openai.OpenAI", Handle::Client)],
    ..Library::UNKNOWN
};
