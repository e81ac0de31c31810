//! `tornado`.

use crate::{ClassRole, HttpName, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "tornado",
    imports: &["tornado"],
    kinds: &[("tornado", Kind::Web), ("tornado.web", Kind::Web)],
    bases: &[("tornado.web", ClassRole::View)],
    views: &["tornado.web.RequestHandler"],
    http_names: &[("tornado", HttpName::Error, &["HTTPError"])],
    ..Library::UNKNOWN
};
