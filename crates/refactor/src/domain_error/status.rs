//! Status codes: their names (RFC 9110, RFC 6585), and the names of the corresponding domain errors.

/// A status with its phrase, its name in `http.HTTPStatus`, the error class of Werkzeug, and that of the domain.
/// Statuses whose phrase differs between versions of Python have none.
struct Status {
    code: u16,
    phrase: Option<&'static str>,
    name: &'static str,
    werkzeug: Option<&'static str>,
    class: &'static str,
}

const fn status(
    code: u16,
    phrase: Option<&'static str>,
    name: &'static str,
    werkzeug: Option<&'static str>,
    class: &'static str,
) -> Status {
    Status { code, phrase, name, werkzeug, class }
}

const ALL: &[Status] = &[
    status(400, Some("Bad Request"), "BAD_REQUEST", Some("BadRequest"), "InvalidInputError"),
    status(401, Some("Unauthorized"), "UNAUTHORIZED", None, "NotAuthenticatedError"),
    status(402, Some("Payment Required"), "PAYMENT_REQUIRED", None, "PaymentRequiredError"),
    status(403, Some("Forbidden"), "FORBIDDEN", Some("Forbidden"), "NotAllowedError"),
    status(404, Some("Not Found"), "NOT_FOUND", Some("NotFound"), "NotFoundError"),
    status(406, Some("Not Acceptable"), "NOT_ACCEPTABLE", Some("NotAcceptable"), "NotAcceptableError"),
    status(408, Some("Request Timeout"), "REQUEST_TIMEOUT", None, "TimedOutError"),
    status(409, Some("Conflict"), "CONFLICT", Some("Conflict"), "ConflictError"),
    status(410, Some("Gone"), "GONE", Some("Gone"), "GoneError"),
    status(412, Some("Precondition Failed"), "PRECONDITION_FAILED", None, "PreconditionFailedError"),
    status(413, None, "REQUEST_ENTITY_TOO_LARGE", None, "TooLargeError"),
    status(415, Some("Unsupported Media Type"), "UNSUPPORTED_MEDIA_TYPE", None, "UnsupportedFormatError"),
    status(422, None, "UNPROCESSABLE_ENTITY", Some("UnprocessableEntity"), "UnprocessableError"),
    status(423, Some("Locked"), "LOCKED", None, "LockedError"),
    status(424, Some("Failed Dependency"), "FAILED_DEPENDENCY", None, "FailedDependencyError"),
    status(429, Some("Too Many Requests"), "TOO_MANY_REQUESTS", None, "TooManyRequestsError"),
    status(500, Some("Internal Server Error"), "INTERNAL_SERVER_ERROR", None, "FailedError"),
    status(501, Some("Not Implemented"), "NOT_IMPLEMENTED", None, "NotSupportedError"),
    status(502, Some("Bad Gateway"), "BAD_GATEWAY", None, "UpstreamError"),
    status(503, Some("Service Unavailable"), "SERVICE_UNAVAILABLE", None, "UnavailableError"),
    status(504, Some("Gateway Timeout"), "GATEWAY_TIMEOUT", None, "UpstreamTimeoutError"),
];

fn of(code: u16) -> Option<&'static Status> {
    ALL.iter().find(|status| status.code == code)
}

/// Python's phrase for the status, if all versions agree.
pub(super) fn phrase(code: u16) -> Option<&'static str> {
    of(code)?.phrase
}

/// The name of the domain error for the status.
pub(super) fn class_name(code: u16) -> Option<&'static str> {
    Some(of(code)?.class)
}

/// Werkzeug's class for the status, if it takes only a description.
pub(super) fn werkzeug(code: u16) -> Option<&'static str> {
    of(code)?.werkzeug
}

/// The status of a class of Werkzeug.
pub(super) fn of_werkzeug(class: &str) -> Option<u16> {
    ALL.iter().find(|status| status.werkzeug == Some(class)).map(|status| status.code)
}

/// The status of a constant with this full name: `fastapi.status.HTTP_404_NOT_FOUND`, `http.HTTPStatus.NOT_FOUND`.
pub(super) fn of_constant(full: &str) -> Option<u16> {
    let full = full.strip_suffix(".value").unwrap_or(full);
    let last = full.rsplit('.').next()?;
    if let Some(name) = full.strip_prefix("http.HTTPStatus.") {
        return ALL.iter().find(|status| status.name == name).map(|status| status.code);
    }
    let is_status = full.contains(".status")
        && ["fastapi.", "litestar.", "rest_framework.", "starlette."].iter().any(|it| full.starts_with(it));
    let digits = last.strip_prefix("HTTP_").filter(|_| is_status)?;
    digits.get(..3)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constants_are_statuses() {
        let table = [
            ("fastapi.status.HTTP_404_NOT_FOUND", Some(404)),
            ("starlette.status.HTTP_409_CONFLICT", Some(409)),
            ("http.HTTPStatus.NOT_FOUND", Some(404)),
            ("http.HTTPStatus.NOT_FOUND.value", Some(404)),
            ("shop.codes.HTTP_404_NOT_FOUND", None),
            ("fastapi.status", None),
        ];
        for (full, expected) in table {
            assert_eq!(of_constant(full), expected, "{full}");
        }
    }
}
