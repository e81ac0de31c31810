//! `Flask-Smorest`.

use crate::{AtImport, HttpName, Kind, Library, Mark, Renders};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "Flask-Smorest",
    imports: &["flask_smorest"],
    kinds: &[("flask_smorest", Kind::Web)],
    calls: &[("flask_smorest.Blueprint", Mark::Router)],
    at_import: &[("flask_smorest", AtImport::Configures)],
    http_names: &[("flask_smorest", HttpName::Error, &["abort"])],
    renders: &[("flask_smorest.Blueprint.response", Renders::Returned(1, "schema"))],
    ..Library::UNKNOWN
};
