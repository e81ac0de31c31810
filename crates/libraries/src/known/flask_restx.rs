//! `flask-restx`.

use crate::{AtImport, ClassRole, HttpName, Kind, Library, Mark};

/// What is known of it.
pub(super) const LIBRARY: Library = Library {
    distribution: "flask-restx",
    imports: &["flask_restx"],
    kinds: &[("flask_restx", Kind::Web)],
    bases: &[("flask_restx", ClassRole::View)],
    views: &["flask_restx.Resource"],
    calls: &[("flask_restx.Api", Mark::Router), ("flask_restx.Namespace", Mark::Router)],
    at_import: &[("flask_restx", AtImport::Configures)],
    http_names: &[("flask_restx", HttpName::Error, &["abort"])],
    ..Library::UNKNOWN
};
