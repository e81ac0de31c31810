//! `litestar`.

use crate::{AtImport, ClassRole, Decorator, HttpName, Kind, Library, Mark};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "litestar",
    imports: &["litestar"],
    kinds: &[
        ("litestar", Kind::Web),
        ("litestar.contrib.sqlalchemy", Kind::Orm),
        ("litestar.plugins.sqlalchemy", Kind::Orm),
    ],
    bases: &[
        ("litestar.Controller", ClassRole::View),
        ("litestar.Litestar", ClassRole::App),
        ("litestar.controller", ClassRole::View),
        ("litestar.dto", ClassRole::Serializer),
        ("litestar.exceptions", ClassRole::HttpError),
        ("litestar.middleware", ClassRole::Middleware),
        ("litestar.plugins", ClassRole::App),
    ],
    calls: &[
        ("litestar.Litestar", Mark::CreatesApp),
        ("litestar.Router", Mark::Router),
        ("litestar.exceptions.HTTPException", Mark::HttpError),
    ],
    decorators: &[
        ("litestar.delete", Decorator::Route),
        ("litestar.get", Decorator::Route),
        ("litestar.handlers.get", Decorator::Route),
        ("litestar.patch", Decorator::Route),
        ("litestar.post", Decorator::Route),
        ("litestar.put", Decorator::Route),
        ("litestar.route", Decorator::Route),
        ("litestar.websocket", Decorator::Route),
    ],
    dependencies: &["litestar.di.Provide", "litestar.params.Dependency"],
    at_import: &[("litestar", AtImport::Configures)],
    http_modules: &[
        ("litestar.params", HttpName::Marker),
        ("litestar.response", HttpName::Message),
        ("litestar.status_codes", HttpName::Status),
    ],
    http_names: &[
        (
            "litestar",
            HttpName::Error,
            &[
                "HTTPException",
                "NotFoundException",
                "NotAuthorizedException",
                "PermissionDeniedException",
                "ClientException",
                "ValidationException",
                "InternalServerException",
                "ServiceUnavailableException",
                "TooManyRequestsException",
                "MethodNotAllowedException",
            ],
        ),
        (
            "litestar",
            HttpName::Message,
            &["Request", "Response", "UploadFile", "WebSocket", "ASGIConnection"],
        ),
    ],
    ..Library::UNKNOWN
};
