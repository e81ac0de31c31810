//! `Flask`.

use crate::{AtImport, ClassRole, Decorator, HttpName, Kind, Library, Mark};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "Flask",
    imports: &["flask"],
    kinds: &[("flask", Kind::Web), ("flask.cli", Kind::CommandLine)],
    namesakes: &["flask"],
    bases: &[
        ("flask.Flask", ClassRole::App),
        ("flask.Response", ClassRole::Http),
        ("flask.views", ClassRole::View),
    ],
    views: &["flask.views.MethodView"],
    calls: &[
        ("flask.Blueprint", Mark::Router),
        ("flask.Flask", Mark::CreatesApp),
        ("flask.abort", Mark::HttpError),
    ],
    decorators: &[("flask.cli.with_appcontext", Decorator::Mark(Mark::CliCommand))],
    at_import: &[
        ("flask", AtImport::Configures),
        ("flask.abort", AtImport::Acts),
        ("flask.current_app", AtImport::Acts),
        ("flask.g", AtImport::Acts),
        ("flask.request", AtImport::Acts),
        ("flask.session", AtImport::Acts),
    ],
    http_modules: &[("flask.wrappers", HttpName::Message)],
    http_names: &[
        ("flask", HttpName::Error, &["abort"]),
        (
            "flask",
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
    needs_program: &["flask.current_app", "flask.g", "flask.request", "flask.session"],
    ..Library::UNKNOWN
};
