//! `django-filter`.

use crate::{AtImport, ClassRole, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "django-filter",
    imports: &["django_filters"],
    kinds: &[("django_filters", Kind::Web)],
    bases: &[("django_filters", ClassRole::Http)],
    other_fields: &["django_filters"],
    at_import: &[("django_filters", AtImport::Configures)],
    ..Library::UNKNOWN
};
