//! `aiohttp`.

use crate::{ClassRole, Handle, HttpName, Kind, Library, Mark};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "aiohttp",
    imports: &["aiohttp"],
    kinds: &[("aiohttp", Kind::Client), ("aiohttp.web", Kind::Web)],
    bases: &[("aiohttp.web.View", ClassRole::View)],
    views: &["aiohttp.web.View"],
    calls: &[("aiohttp.web.Application", Mark::CreatesApp)],
    handles: &[("aiohttp.ClientSession", Handle::Client)],
    effects: &["aiohttp.ClientSession"],
    http_modules: &[
        ("aiohttp.web_exceptions", HttpName::Error),
        ("aiohttp.web_request", HttpName::Message),
        ("aiohttp.web_response", HttpName::Message),
    ],
    http_names: &[("aiohttp", HttpName::Message, &["web"])],
    shared_clients: &["aiohttp.ClientSession", "aiohttp.client.ClientSession"],
    ..Library::UNKNOWN
};
