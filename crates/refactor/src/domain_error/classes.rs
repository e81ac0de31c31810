//! Error classes of frameworks that an application makes again from what an error of the domain was made with: the answer
//! is then the framework's own, in all its parts.

use super::raises::Family;

/// A class that answers with one status.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct HttpClass {
    /// Whose it is.
    pub(crate) family: Family,
    /// The modules that it can be imported from; the first is where it is imported from anew.
    modules: &'static [&'static str],
    /// Its name.
    pub(crate) name: &'static str,
    /// What it answers with.
    pub(crate) status: u16,
    /// What an error of the domain is called that stands for it.
    pub(crate) domain: &'static str,
}

impl HttpClass {
    /// The module that it is imported from.
    pub(crate) fn module(&self) -> &'static str {
        self.modules[0]
    }
}

/// What is made again: a class, and a status that was given to it in place of its own.
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

/// Those that hold an answer with headers of their own, or that the view answers in another way (`AuthenticationFailed`,
/// `Throttled`), are left out.
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

/// The class of this name in full: `rest_framework.exceptions.NotFound`.
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
