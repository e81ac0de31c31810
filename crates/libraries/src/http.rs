//! Names in web frameworks that represent HTTP itself: errors, messages, parameters and status codes.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::table::Table;
use crate::{Library, is_of, known};

/// The kind of an HTTP name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum HttpName {
    /// An exception that carries a status code.
    Error,
    /// A request, a response, an upload, a socket, or something bound to one.
    Message,
    /// Makes a framework fill a parameter from a request.
    Marker,
    /// A status code.
    Status,
}

static MODULES: LazyLock<Table<HttpName>> =
    LazyLock::new(|| Table::of(known::ALL.iter().flat_map(|library| library.http_modules.iter().copied())));

/// The libraries with HTTP names, by the first segment of their modules.
static LIBRARIES: LazyLock<FxHashMap<&str, &Library>> = LazyLock::new(|| {
    let speaks = |library: &&&Library| !library.http_names.is_empty() || !library.http_prefixes.is_empty();
    let libraries = known::ALL.iter().filter(speaks);
    libraries.flat_map(|library| library.imports.iter().map(|first| (*first, *library))).collect()
});

/// The kind of `name` (by full name: `fastapi.HTTPException`, `starlette.status.HTTP_404_NOT_FOUND`), if it is an HTTP
/// name.
pub fn http_name(name: &str) -> Option<HttpName> {
    if let Some(kind) = MODULES.nearest(name) {
        return Some(kind);
    }
    let library = LIBRARIES.get(name.split('.').next().unwrap_or_default())?;
    if let Some((_, kind)) = library.http_prefixes.iter().find(|(start, _)| name.starts_with(start)) {
        return Some(*kind);
    }
    // `starlette.status` precedes its constants, `aiohttp.web` everything in it.
    let parts = || name.match_indices('.').map(|(dot, _)| &name[..dot]).chain(std::iter::once(name)).skip(1);
    let last = name.rsplit('.').next()?;
    library.http_names.iter().find_map(|(module, kind, names)| {
        let is_below = |part: &str| part.len() > module.len() && names.contains(&&part[module.len() + 1..]);
        let is_in = is_of(name, module) && name.len() > module.len();
        (is_in && (names.contains(&last) || parts().any(is_below))).then_some(*kind)
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
