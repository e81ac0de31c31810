//! `django-environ`.

use crate::{AtImport, Kind, Library, Mark};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "django-environ",
    imports: &["environ"],
    kinds: &[("environ", Kind::Settings)],
    calls: &[("environ.Env", Mark::ReadsEnvironment)],
    at_import: &[("environ", AtImport::Environment)],
    ..Library::UNKNOWN
};
