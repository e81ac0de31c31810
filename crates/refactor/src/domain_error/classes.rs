//! Error classes of frameworks that an application recreates from the arguments of a domain error: the response is then
//! the framework's own in every part.

use super::raises::Family;

/// A class that responds with one status.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct HttpClass {
    /// The framework that it belongs to.
    pub(crate) family: Family,
    /// The modules that it can be imported from; new imports use the first.
    modules: &'static [&'static str],
    /// Its name.
    pub(crate) name: &'static str,
    /// The status.
    pub(crate) status: u16,
    /// The name of the corresponding domain error.
    pub(crate) domain: &'static str,
}

impl HttpClass {
    /// The module to import it from.
    pub(crate) fn module(&self) -> &'static str {
        self.modules[0]
    }
}

/// What is recreated: a class, and a status that overrides its default.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct HttpAnswer {
    pub(crate) class: &'static HttpClass,
    pub(crate) status: Option<u16>,
}

const fn class(
    family: Family,
    modules: &'static [&'static str],
    name: &'static str,
    status: u16,
    domain: &'static str,
) -> HttpClass {
    HttpClass { family, modules, name, status, domain }
}

const REST: &[&str] = &["rest_framework.exceptions"];
const LITESTAR: &[&str] = &["litestar.exceptions", "litestar.exceptions.http_exceptions"];
const CORE: &[&str] = &["django.core.exceptions"];

/// Without those whose response has its own headers, or that the view handles differently (`AuthenticationFailed`,
/// `Throttled`).
static ALL: &[HttpClass] = &[
    class(Family::Django, &["django.http", "django.http.response"], "Http404", 404, "NotFoundError"),
    class(Family::Django, CORE, "PermissionDenied", 403, "NotAllowedError"),
    class(Family::Django, CORE, "BadRequest", 400, "InvalidInputError"),
    class(Family::Rest, REST, "NotFound", 404, "NotFoundError"),
    class(Family::Rest, REST, "PermissionDenied", 403, "NotAllowedError"),
    class(Family::Rest, REST, "ValidationError", 400, "InvalidInputError"),
    class(Family::Rest, REST, "ParseError", 400, "MalformedInputError"),
    class(Family::Rest, REST, "APIException", 500, "FailedError"),
    class(Family::Litestar, LITESTAR, "NotFoundException", 404, "NotFoundError"),
    class(Family::Litestar, LITESTAR, "NotAuthorizedException", 401, "NotAuthenticatedError"),
    class(Family::Litestar, LITESTAR, "PermissionDeniedException", 403, "NotAllowedError"),
    class(Family::Litestar, LITESTAR, "ValidationException", 400, "InvalidInputError"),
    class(Family::Litestar, LITESTAR, "ClientException", 400, "InvalidRequestError"),
    class(Family::Litestar, LITESTAR, "TooManyRequestsException", 429, "TooManyRequestsError"),
    class(Family::Litestar, LITESTAR, "ServiceUnavailableException", 503, "UnavailableError"),
    class(Family::Litestar, LITESTAR, "InternalServerException", 500, "FailedError"),
    class(Family::Litestar, LITESTAR, "HTTPException", 500, "UnexpectedError"),
];

/// The class with this full name: `rest_framework.exceptions.NotFound`.
pub(crate) fn find(full: &str) -> Option<&'static HttpClass> {
    let (module, name) = full.rsplit_once('.')?;
    ALL.iter().find(|class| class.name == name && class.modules.contains(&module))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_known_by_where_they_come_from() {
        let table = [
            ("django.http.Http404", Some(404)),
            ("django.core.exceptions.PermissionDenied", Some(403)),
            ("django.core.exceptions.ValidationError", None),
            ("rest_framework.exceptions.ValidationError", Some(400)),
            ("rest_framework.exceptions.AuthenticationFailed", None),
            ("litestar.exceptions.NotFoundException", Some(404)),
            ("shop.exceptions.NotFoundException", None),
        ];
        for (full, expected) in table {
            assert_eq!(find(full).map(|class| class.status), expected, "{full}");
        }
    }
}
