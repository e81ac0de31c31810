//! `flask-restx`.

use crate::{AtImport, ClassRole, HttpName, Kind, Library, Mark, Renders};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "flask-restx",
    imports: &["flask_restx"],
    kinds: &[("flask_restx", Kind::Web)],
    bases: &[("flask_restx", ClassRole::View)],
    views: &["flask_restx.Resource"],
    calls: &[("flask_restx.Api", Mark::Router), ("flask_restx.Namespace", Mark::Router)],
    at_import: &[("flask_restx", AtImport::Configures)],
    http_names: &[("flask_restx", HttpName::Error, &["abort"])],
    renders: &[
        ("flask_restx.marshal_with", Renders::Returned(0, "fields")),
        ("flask_restx.Api.marshal_with", Renders::Returned(0, "fields")),
        ("flask_restx.Api.marshal_list_with", Renders::Returned(0, "fields")),
        ("flask_restx.Namespace.marshal_with", Renders::Returned(0, "fields")),
        ("flask_restx.Namespace.marshal_list_with", Renders::Returned(0, "fields")),
        ("flask_restx.marshal", Renders::Given(1, "fields")),
        ("flask_restx.Api.marshal", Renders::Given(1, "fields")),
        ("flask_restx.Namespace.marshal", Renders::Given(1, "fields")),
        ("flask_restx.Api.model", Renders::Fields(1, "model")),
        ("flask_restx.Namespace.model", Renders::Fields(1, "model")),
        ("flask_restx.Model", Renders::Fields(1, "model")),
        ("flask_restx.fields", Renders::FieldsOfDictionaries),
    ],
    ..Library::UNKNOWN
};
