//! `bottle`.

use crate::{Decorator, HttpName, Kind, Library, Mark};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "bottle",
    imports: &["bottle"],
    kinds: &[("bottle", Kind::Web)],
    calls: &[("bottle.Bottle", Mark::CreatesApp)],
    decorators: &[
        ("bottle.delete", Decorator::Route),
        ("bottle.get", Decorator::Route),
        ("bottle.patch", Decorator::Route),
        ("bottle.post", Decorator::Route),
        ("bottle.put", Decorator::Route),
        ("bottle.route", Decorator::Route),
    ],
    http_names: &[
        ("bottle", HttpName::Error, &["abort"]),
        ("bottle", HttpName::Message, &["request", "response", "HTTPError", "HTTPResponse", "redirect"]),
    ],
    ..Library::UNKNOWN
};
