//! `quart`.

use crate::{HttpName, Kind, Library, Mark};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "quart",
    imports: &["quart"],
    kinds: &[("quart", Kind::Web)],
    views: &["quart.views.MethodView"],
    calls: &[("quart.Blueprint", Mark::Router), ("quart.Quart", Mark::CreatesApp)],
    http_modules: &[("quart.wrappers", HttpName::Message)],
    http_names: &[
        ("quart", HttpName::Error, &["abort"]),
        (
            "quart",
            HttpName::Message,
            &[
                "request",
                "session",
                "Request",
                "Response",
                "redirect",
                "make_response",
                "jsonify",
                "flash",
                "send_file",
                "websocket",
            ],
        ),
    ],
    ..Library::UNKNOWN
};
