//! Names of web frameworks that stand for HTTP itself: its errors, messages, parameters and status codes.

/// What an HTTP name is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum HttpName {
    /// An error that is a status code.
    Error,
    /// A request, a response, an upload, a socket, or what is bound to one.
    Message,
    /// What tells a framework to fill a parameter from a request.
    Marker,
    /// A status code.
    Status,
}

/// Modules of which all names (but helpers that say nothing about HTTP) are of one kind; all below counts.
const MODULES: &[(&str, HttpName)] = &[
    ("fastapi.responses", HttpName::Message),
    ("fastapi.requests", HttpName::Message),
    ("fastapi.websockets", HttpName::Message),
    ("fastapi.params", HttpName::Marker),
    ("fastapi.security", HttpName::Marker),
    ("fastapi.status", HttpName::Status),
    ("starlette.responses", HttpName::Message),
    ("starlette.requests", HttpName::Message),
    ("starlette.websockets", HttpName::Message),
    ("starlette.status", HttpName::Status),
    ("flask.wrappers", HttpName::Message),
    ("werkzeug.exceptions", HttpName::Error),
    ("werkzeug.wrappers", HttpName::Message),
    ("django.http", HttpName::Message),
    ("django.shortcuts", HttpName::Message),
    ("rest_framework.exceptions", HttpName::Error),
    ("rest_framework.request", HttpName::Message),
    ("rest_framework.response", HttpName::Message),
    ("rest_framework.status", HttpName::Status),
    ("litestar.status_codes", HttpName::Status),
    ("litestar.params", HttpName::Marker),
    ("litestar.response", HttpName::Message),
    ("sanic.exceptions", HttpName::Error),
    ("sanic.request", HttpName::Message),
    ("sanic.response", HttpName::Message),
    ("pyramid.httpexceptions", HttpName::Error),
    ("pyramid.request", HttpName::Message),
    ("pyramid.response", HttpName::Message),
    ("aiohttp.web_exceptions", HttpName::Error),
    ("aiohttp.web_request", HttpName::Message),
    ("aiohttp.web_response", HttpName::Message),
    ("quart.wrappers", HttpName::Message),
    ("ninja.errors.HttpError", HttpName::Error),
];

/// Names by framework, wherever in it they are imported from.
const NAMES: &[(&[&str], HttpName, &[&str])] = &[
    (
        &["fastapi", "starlette"],
        HttpName::Error,
        &["HTTPException", "StarletteHTTPException", "WebSocketException", "WebSocketDisconnect"],
    ),
    (
        &["fastapi", "starlette"],
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
        &["fastapi"],
        HttpName::Marker,
        &["Depends", "Security", "Query", "Path", "Body", "Header", "Cookie", "Form", "File"],
    ),
    (&["fastapi", "starlette", "rest_framework"], HttpName::Status, &["status"]),
    (
        &["flask", "quart", "flask_restful", "flask_smorest", "flask_restx", "bottle"],
        HttpName::Error,
        &["abort"],
    ),
    (
        &["flask", "quart"],
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
    (&["flask_login"], HttpName::Message, &["current_user", "login_user", "logout_user"]),
    (&["werkzeug"], HttpName::Message, &["Request", "Response"]),
    (&["werkzeug.datastructures"], HttpName::Message, &["FileStorage"]),
    (
        &["litestar"],
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
    (&["litestar"], HttpName::Message, &["Request", "Response", "UploadFile", "WebSocket", "ASGIConnection"]),
    (&["falcon"], HttpName::Message, &["Request", "Response"]),
    (&["bottle"], HttpName::Message, &["request", "response", "HTTPError", "HTTPResponse", "redirect"]),
    (&["tornado"], HttpName::Error, &["HTTPError"]),
    (&["sanic"], HttpName::Message, &["Request", "HTTPResponse"]),
    (&["aiohttp"], HttpName::Message, &["web"]),
    (&["ninja"], HttpName::Message, &["UploadedFile"]),
];

/// What `name` (in full: `fastapi.HTTPException`, `starlette.status.HTTP_404_NOT_FOUND`) is, if it is HTTP.
pub(super) fn http_name(name: &str) -> Option<HttpName> {
    if let Some((_, kind)) = MODULES.iter().find(|(module, _)| view::frameworks::is_of(name, module)) {
        return Some(*kind);
    }
    // `starlette.status` comes before its constants; `aiohttp.web` before all that is in it.
    let parts = || name.match_indices('.').map(|(dot, _)| &name[..dot]).chain(std::iter::once(name)).skip(1);
    let last = name.rsplit('.').next()?;
    if name.starts_with("falcon.HTTP") {
        return Some(HttpName::Error);
    }
    NAMES.iter().find_map(|(frameworks, kind, names)| {
        let framework = frameworks.iter().find(|framework| view::frameworks::is_of(name, framework))?;
        let named = names.contains(&last)
            || parts()
                .any(|part| part.len() > framework.len() && names.contains(&&part[framework.len() + 1..]));
        (named && name.len() > framework.len()).then_some(*kind)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_http_are_known_wherever_they_are_imported_from() {
        let table = [
            ("fastapi.HTTPException", Some(HttpName::Error)),
            ("fastapi.exceptions.HTTPException", Some(HttpName::Error)),
            ("starlette.exceptions.HTTPException", Some(HttpName::Error)),
            ("starlette.requests.Request", Some(HttpName::Message)),
            ("starlette.status.HTTP_401_UNAUTHORIZED", Some(HttpName::Status)),
            ("fastapi.status", Some(HttpName::Status)),
            ("fastapi.status.HTTP_404_NOT_FOUND", Some(HttpName::Status)),
            ("fastapi.Depends", Some(HttpName::Marker)),
            ("fastapi.UploadFile", Some(HttpName::Message)),
            ("starlette.datastructures.UploadFile", Some(HttpName::Message)),
            ("starlette.datastructures.Secret", None),
            ("starlette.config.Config", None),
            ("fastapi.FastAPI", None),
            ("fastapi.encoders.jsonable_encoder", None),
            ("fastapi", None),
            ("flask.abort", Some(HttpName::Error)),
            ("flask.current_app", None),
            ("flask.g", None),
            ("flask.url_for", None),
            ("flask.request.args", Some(HttpName::Message)),
            ("flask_login.UserMixin", None),
            ("werkzeug.exceptions.NotFound", Some(HttpName::Error)),
            ("werkzeug.security.generate_password_hash", None),
            ("django.http.Http404", Some(HttpName::Message)),
            ("django.utils.timezone", None),
            ("rest_framework.exceptions.APIException", Some(HttpName::Error)),
            ("rest_framework.status", Some(HttpName::Status)),
            ("litestar.exceptions.HTTPException", Some(HttpName::Error)),
            ("litestar.exceptions.ImproperlyConfiguredException", None),
            ("aiohttp.web.HTTPNotFound", Some(HttpName::Message)),
            ("aiohttp.ClientSession", None),
            ("httpx.Response", None),
            ("requests.Response", None),
            ("http.HTTPStatus", None),
            ("falcon.HTTPNotFound", Some(HttpName::Error)),
        ];
        for (name, expected) in table {
            assert_eq!(http_name(name), expected, "{name}");
        }
    }
}
