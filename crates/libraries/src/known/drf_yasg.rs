//! `drf-yasg`.

use crate::{Library, LookedUp, When};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "drf-yasg",
    imports: &["drf_yasg"],
    looked_up: &[
        LookedUp {
            setting: "SWAGGER_SETTINGS",
            keys: &["DEFAULT_FIELD_INSPECTORS", "DEFAULT_FILTER_INSPECTORS", "DEFAULT_PAGINATOR_INSPECTORS"],
            when: When::WhileLoading(&["drf_yasg.generators", "drf_yasg.inspectors"]),
        },
        LookedUp {
            setting: "SWAGGER_SETTINGS",
            keys: &["DEFAULT_SPEC_RENDERERS"],
            when: When::WhileLoading(&["drf_yasg.views"]),
        },
    ],
    ..Library::UNKNOWN
};
