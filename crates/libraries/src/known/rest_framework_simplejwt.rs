//! `djangorestframework-simplejwt`.

use crate::{Library, LookedUp, When};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "djangorestframework-simplejwt",
    imports: &["rest_framework_simplejwt"],
    looked_up: &[LookedUp {
        setting: "SIMPLE_JWT",
        keys: &["JSON_ENCODER"],
        when: When::WhileLoading(&["rest_framework_simplejwt.state"]),
    }],
    ..Library::UNKNOWN
};
