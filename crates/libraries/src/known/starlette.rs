//! `starlette`.

use crate::{AtImport, ClassRole, HttpName, Kind, Library, Mark};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "starlette",
    imports: &["starlette"],
    kinds: &[("starlette", Kind::Web), ("starlette.config", Kind::Settings)],
    namesakes: &["starlette"],
    bases: &[
        ("starlette.authentication", ClassRole::Http),
        ("starlette.endpoints", ClassRole::View),
        ("starlette.exceptions", ClassRole::HttpError),
        ("starlette.middleware", ClassRole::Middleware),
        ("starlette.requests", ClassRole::Http),
        ("starlette.responses", ClassRole::Http),
    ],
    views: &["starlette.endpoints.HTTPEndpoint"],
    calls: &[
        ("starlette.applications.Starlette", Mark::CreatesApp),
        ("starlette.config.Config", Mark::ReadsEnvironment),
        ("starlette.exceptions.HTTPException", Mark::HttpError),
        ("starlette.routing.Router", Mark::Router),
    ],
    at_import: &[
        ("starlette", AtImport::Configures),
        ("starlette.config", AtImport::Environment),
        ("starlette.datastructures", AtImport::Pure),
    ],
    http_modules: &[
        ("starlette.requests", HttpName::Message),
        ("starlette.responses", HttpName::Message),
        ("starlette.status", HttpName::Status),
        ("starlette.websockets", HttpName::Message),
    ],
    http_names: &[
        (
            "starlette",
            HttpName::Error,
            &["HTTPException", "StarletteHTTPException", "WebSocketException", "WebSocketDisconnect"],
        ),
        (
            "starlette",
            HttpName::Message,
            &[
                "Request",
                "Response",
                "JSONResponse",
                "HTMLResponse",
                "PlainTextResponse",
                "StreamingResponse",
                "RedirectResponse",
                "FileResponse",
                "UploadFile",
                "WebSocket",
                "HTTPConnection",
                "BackgroundTasks",
            ],
        ),
        ("starlette", HttpName::Status, &["status"]),
    ],
    threads: &[("starlette.concurrency.run_in_threadpool", 0)],
    gives: &[
        ("starlette.websockets.WebSocket", "iter_bytes", "starlette.websockets.WebSocket.iter"),
        ("starlette.websockets.WebSocket", "iter_json", "starlette.websockets.WebSocket.iter"),
        ("starlette.websockets.WebSocket", "iter_text", "starlette.websockets.WebSocket.iter"),
    ],
    streams: &["starlette.websockets.WebSocket.iter"],
    ..Library::UNKNOWN
};
