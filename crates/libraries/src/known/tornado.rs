//! `tornado`.

use crate::{ClassRole, HttpName, Kind, Library};

/// What is known of it.
pub(super) const LIBRARY: Library = Library {
    distribution: "tornado",
    imports: &["tornado"],
    kinds: &[("tornado", Kind::Web), ("tornado.web", Kind::Web)],
    bases: &[("tornado.web", ClassRole::View)],
    views: &["tornado.web.RequestHandler"],
    http_names: &[("tornado", HttpName::Error, &["HTTPError"])],
    ..Library::UNKNOWN
};
