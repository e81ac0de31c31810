//! The libraries that handle requests, and those whose routes are analysed.

use crate::{Mark, is_of};

/// A library with which a project handles requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Serves {
    /// Its name on the package index.
    pub distribution: &'static str,
    /// Whether routes declared with it are analysed.
    pub is_read: bool,
}

/// The distributions whose routes are analysed. How each of them registers routes is code, in `model::routes`.
const READ: &[&str] = &[
    "Django",
    "Flask-RESTful",
    "djangorestframework",
    "fastapi",
    "flask",
    "flask-restx",
    "litestar",
    "quart",
    "starlette",
];

/// The library that creates an application, a router or a GraphQL schema with what is imported as `full_name`.
pub fn serves(full_name: &str) -> Option<Serves> {
    let makes = |name: &str| is_of(full_name, name) || is_of(name, full_name);
    let library = crate::known::ALL.iter().find(|library| {
        let by_call = library.calls.iter().any(|(name, mark)| {
            matches!(mark, Mark::CreatesApp | Mark::Router | Mark::GraphQl) && makes(name)
        });
        by_call || library.views.iter().any(|name| makes(name))
    })?;
    let distribution = library.distribution;
    let is_read = READ.iter().any(|read| read.eq_ignore_ascii_case(distribution));
    Some(Serves { distribution, is_read })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_framework_whose_routes_are_not_read_is_known_by_what_makes_its_application() {
        let sanic = serves("sanic.Sanic").expect("known");
        assert_eq!((sanic.distribution, sanic.is_read), ("sanic", false));
        assert_eq!(serves("aiohttp.web").map(|it| it.is_read), Some(false));
        assert_eq!(serves("aiohttp.ClientSession"), None);
    }

    #[test]
    fn all_that_are_read_are_libraries() {
        for read in READ {
            let known = crate::known::ALL.iter().any(|it| it.distribution.eq_ignore_ascii_case(read));
            assert!(known, "{read} is no distribution");
        }
    }

    #[test]
    fn a_framework_whose_routes_are_read_says_so() {
        assert_eq!(serves("fastapi.FastAPI").map(|it| it.is_read), Some(true));
        assert_eq!(serves("flask.Blueprint").map(|it| it.is_read), Some(true));
    }
}
