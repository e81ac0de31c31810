//! Error answers (LSP 3.17, "Error codes").

use std::borrow::Cow;

use tower_lsp::jsonrpc::ErrorCode;

use tower_lsp::jsonrpc::Error;
use tower_lsp::ls_types::DiagnosticServerCancellationData;

/// The server cancelled the request itself (LSP 3.17, `ServerCancelled`).
const SERVER_CANCELLED: i64 = -32802;

/// The request was understood but can't be fulfilled (LSP 3.17, `RequestFailed`).
const REQUEST_FAILED: i64 = -32803;

/// The request was understood but can't be fulfilled; the message is for the user.
pub(crate) fn request_failed(message: String) -> Error {
    Error { code: ErrorCode::ServerError(REQUEST_FAILED), message: Cow::Owned(message), data: None }
}

/// An edit made the request stale: its answer would be about another text.
pub(crate) fn content_modified() -> Error {
    Error::new(ErrorCode::ContentModified)
}

/// An edit made a diagnostic pull stale: the client retries.
pub(crate) fn server_cancelled() -> Error {
    Error {
        code: ErrorCode::ServerError(SERVER_CANCELLED),
        message: Cow::Borrowed("overtaken by a change"),
        data: serde_json::to_value(DiagnosticServerCancellationData { retrigger_request: true }).ok(),
    }
}

/// An internal failure.
pub(crate) fn failed(message: String) -> Error {
    Error { code: ErrorCode::InternalError, message: Cow::Owned(message), data: None }
}

/// The request is invalid.
pub(crate) fn invalid_params(message: String) -> Error {
    Error::invalid_params(message)
}
