//! `django-tables2`.

use crate::{ClassRole, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "django-tables2",
    imports: &["django_tables2"],
    kinds: &[("django_tables2", Kind::Web)],
    bases: &[("django_tables2", ClassRole::Http)],
    other_fields: &["django_tables2"],
    ..Library::UNKNOWN
};
