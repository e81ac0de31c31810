//! `django-ninja-extra`.

use crate::{ClassRole, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "django-ninja-extra",
    imports: &["ninja_extra"],
    kinds: &[("ninja_extra", Kind::Web)],
    bases: &[("ninja_extra", ClassRole::View)],
    class_decorators: &[("ninja_extra", ClassRole::View)],
    ..Library::UNKNOWN
};
