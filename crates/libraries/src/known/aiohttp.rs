//! `aiohttp`.

use crate::{ClassRole, Handle, HttpName, Kind, Library, Mark};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "aiohttp",
    imports: &["aiohttp"],
    kinds: &[
        ("aiohttp", Kind::Client),
        ("aiohttp.web", Kind::Web),
        ("aiohttp.web_app", Kind::Web),
        ("aiohttp.web_exceptions", Kind::Web),
        ("aiohttp.web_fileresponse", Kind::Web),
        ("aiohttp.web_middlewares", Kind::Web),
        ("aiohttp.web_request", Kind::Web),
        ("aiohttp.web_response", Kind::Web),
        ("aiohttp.web_routedef", Kind::Web),
        ("aiohttp.web_runner", Kind::Web),
        ("aiohttp.web_urldispatcher", Kind::Web),
        ("aiohttp.web_ws", Kind::Web),
    ],
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
