//! `fastapi`.

use crate::{AtImport, ClassRole, HttpName, Kind, Library, Mark};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "fastapi",
    imports: &["fastapi"],
    kinds: &[("fastapi", Kind::Web), ("fastapi.encoders", Kind::Harmless)],
    names: &[
        ("fastapi.exceptions.HTTPException", "fastapi.HTTPException"),
        ("fastapi.param_functions.Depends", "fastapi.Depends"),
        ("fastapi.params.Depends", "fastapi.Depends"),
    ],
    namesakes: &["fastapi"],
    bases: &[
        ("fastapi.APIRouter", ClassRole::View),
        ("fastapi.HTTPException", ClassRole::HttpError),
        ("fastapi.Request", ClassRole::Http),
        ("fastapi.Response", ClassRole::Http),
        ("fastapi.exceptions", ClassRole::HttpError),
        ("fastapi.responses", ClassRole::Http),
        ("fastapi.routing", ClassRole::Http),
        ("fastapi.security", ClassRole::Http),
    ],
    calls: &[
        ("fastapi.APIRouter", Mark::Router),
        ("fastapi.FastAPI", Mark::CreatesApp),
        ("fastapi.HTTPException", Mark::HttpError),
        ("fastapi.applications.FastAPI", Mark::CreatesApp),
        ("fastapi.exceptions.HTTPException", Mark::HttpError),
        ("fastapi.routing.APIRouter", Mark::Router),
    ],
    dependencies: &["fastapi.Depends", "fastapi.Security", "fastapi.params.Depends"],
    at_import: &[("fastapi", AtImport::Configures)],
    http_modules: &[
        ("fastapi.params", HttpName::Marker),
        ("fastapi.requests", HttpName::Message),
        ("fastapi.responses", HttpName::Message),
        ("fastapi.security", HttpName::Marker),
        ("fastapi.status", HttpName::Status),
        ("fastapi.websockets", HttpName::Message),
    ],
    http_names: &[
        (
            "fastapi",
            HttpName::Error,
            &["HTTPException", "StarletteHTTPException", "WebSocketException", "WebSocketDisconnect"],
        ),
        (
            "fastapi",
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
        (
            "fastapi",
            HttpName::Marker,
            &["Depends", "Security", "Query", "Path", "Body", "Header", "Cookie", "Form", "File"],
        ),
        ("fastapi", HttpName::Status, &["status"]),
    ],
    threads: &[("fastapi.concurrency.run_in_threadpool", 0)],
    gives: &[
        ("fastapi.WebSocket", "iter_bytes", "starlette.websockets.WebSocket.iter"),
        ("fastapi.WebSocket", "iter_json", "starlette.websockets.WebSocket.iter"),
        ("fastapi.WebSocket", "iter_text", "starlette.websockets.WebSocket.iter"),
        ("fastapi.websockets.WebSocket", "iter_bytes", "starlette.websockets.WebSocket.iter"),
        ("fastapi.websockets.WebSocket", "iter_json", "starlette.websockets.WebSocket.iter"),
        ("fastapi.websockets.WebSocket", "iter_text", "starlette.websockets.WebSocket.iter"),
    ],
    ..Library::UNKNOWN
};
