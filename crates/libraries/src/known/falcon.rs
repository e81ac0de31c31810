//! `falcon`.

use crate::{ClassRole, HttpName, Kind, Library, Mark};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "falcon",
    imports: &["falcon"],
    kinds: &[("falcon", Kind::Web)],
    bases: &[("falcon.HTTPError", ClassRole::HttpError)],
    calls: &[("falcon.App", Mark::CreatesApp), ("falcon.asgi.App", Mark::CreatesApp)],
    http_names: &[("falcon", HttpName::Message, &["Request", "Response"])],
    http_prefixes: &[("falcon.HTTP", HttpName::Error)],
    ..Library::UNKNOWN
};
