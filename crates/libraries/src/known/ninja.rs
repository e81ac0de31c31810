//! `django-ninja`.

use crate::{ClassRole, HttpName, Kind, Library, Mark, Renders};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "django-ninja",
    imports: &["ninja"],
    kinds: &[("ninja", Kind::Web)],
    bases: &[("ninja.ModelSchema", ClassRole::Serializer), ("ninja.Schema", ClassRole::Serializer)],
    calls: &[("ninja.NinjaAPI", Mark::Router), ("ninja.Router", Mark::Router)],
    http_modules: &[("ninja.errors.HttpError", HttpName::Error)],
    renders: &[("ninja.pagination.paginate", Renders::Paginates)],
    http_names: &[("ninja", HttpName::Message, &["UploadedFile"])],
    ..Library::UNKNOWN
};
