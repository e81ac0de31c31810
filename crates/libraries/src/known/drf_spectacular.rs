//! `drf-spectacular`.

use crate::{Library, LookedUp, When};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "drf-spectacular",
    imports: &["drf_spectacular"],
    looked_up: &[LookedUp {
        setting: "SPECTACULAR_SETTINGS",
        keys: &["DEFAULT_GENERATOR_CLASS", "SERVE_AUTHENTICATION", "SERVE_PERMISSIONS"],
        when: When::WhileLoading(&["drf_spectacular.views"]),
    }],
    ..Library::UNKNOWN
};
