//! `Flask-Rest-Jsonapi`.

use crate::{ClassRole, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "Flask-Rest-Jsonapi",
    imports: &["flask_rest_jsonapi"],
    kinds: &[("flask_rest_jsonapi", Kind::Web)],
    bases: &[("flask_rest_jsonapi", ClassRole::View)],
    ..Library::UNKNOWN
};
