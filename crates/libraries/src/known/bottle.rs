//! `bottle`.

use crate::{HttpName, Kind, Library, Mark};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "bottle",
    imports: &["bottle"],
    kinds: &[("bottle", Kind::Web)],
    calls: &[("bottle.Bottle", Mark::CreatesApp)],
    http_names: &[
        ("bottle", HttpName::Error, &["abort"]),
        ("bottle", HttpName::Message, &["request", "response", "HTTPError", "HTTPResponse", "redirect"]),
    ],
    ..Library::UNKNOWN
};
