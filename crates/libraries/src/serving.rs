//! The libraries that handle requests, and those whose routes are analysed.

use crate::{Kind, Mark, is_of};

/// A library with which a project handles requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Serves {
    /// Its name on the package index.
    pub distribution: &'static str,
    /// Whether routes declared with it are analysed.
    pub is_read: bool,
    /// The part of what was imported that handles requests, if the whole is for something else: `aiohttp.web` of `aiohttp`,
    /// which is a client first. Only who mentions that part handles requests with it.
    pub part: Option<&'static str>,
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
    let makes = |name: &&str| is_of(full_name, name) || is_of(name, full_name);
    let (library, maker) = crate::known::ALL.iter().find_map(|library| {
        let made = library
            .calls
            .iter()
            .filter(|(_, mark)| matches!(mark, Mark::CreatesApp | Mark::Router | Mark::GraphQl));
        let mut makers = made.map(|(name, _)| *name).chain(library.views.iter().copied());
        Some((library, makers.find(makes)?))
    })?;
    let part = maker.strip_prefix(full_name).and_then(|rest| {
        let is_web = matches!(crate::kind(full_name), None | Some(Kind::Web));
        let name = rest.strip_prefix('.').filter(|_| !is_web)?.split('.').next()?;
        maker.get(..full_name.len() + 1 + name.len())
    });
    let distribution = library.distribution;
    let is_read = READ.iter().any(|read| read.eq_ignore_ascii_case(distribution));
    Some(Serves { distribution, is_read, part })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_framework_whose_routes_are_not_read_is_known_by_what_makes_its_application() {
        let sanic = serves("sanic.Sanic").expect("known");
        assert_eq!((sanic.distribution, sanic.is_read), ("sanic", false));
        assert_eq!(sanic.part, None);
        assert_eq!(serves("aiohttp.web").map(|it| (it.is_read, it.part)), Some((false, None)));
        assert_eq!(serves("aiohttp").and_then(|it| it.part), Some("aiohttp.web"));
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
