//! `Flask-RESTful`.

use crate::{AtImport, ClassRole, HttpName, Kind, Library, Mark, Renders};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "Flask-RESTful",
    imports: &["flask_restful"],
    kinds: &[("flask_restful", Kind::Web)],
    bases: &[("flask_restful", ClassRole::View)],
    views: &["flask_restful.Resource"],
    calls: &[("flask_restful.Api", Mark::Router)],
    at_import: &[("flask_restful", AtImport::Configures)],
    http_names: &[("flask_restful", HttpName::Error, &["abort"])],
    renders: &[
        ("flask_restful.marshal_with", Renders::Returned(0, "fields")),
        ("flask_restful.marshal", Renders::Given(1, "fields")),
        ("flask_restful.fields", Renders::FieldsOfDictionaries),
    ],
    ..Library::UNKNOWN
};
