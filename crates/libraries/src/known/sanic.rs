//! `sanic`.

use crate::{HttpName, Kind, Library, Mark};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "sanic",
    imports: &["sanic"],
    kinds: &[("sanic", Kind::Web)],
    views: &["sanic.views.HTTPMethodView"],
    calls: &[("sanic.Blueprint", Mark::Router), ("sanic.Sanic", Mark::CreatesApp)],
    http_modules: &[
        ("sanic.exceptions", HttpName::Error),
        ("sanic.request", HttpName::Message),
        ("sanic.response", HttpName::Message),
    ],
    http_names: &[("sanic", HttpName::Message, &["Request", "HTTPResponse"])],
    ..Library::UNKNOWN
};
