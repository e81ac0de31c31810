//! `djoser`.

use crate::{Library, LookedUp, When};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "djoser",
    imports: &["djoser"],
    looked_up: &[
        LookedUp {
            setting: "DJOSER",
            keys: &["SERIALIZERS", "PERMISSIONS"],
            when: When::WhileLoading(&["djoser.social", "djoser.urls", "djoser.views"]),
        },
        LookedUp { setting: "DJOSER", keys: &["WEBAUTHN"], when: When::WhileLoading(&["djoser.webauthn"]) },
    ],
    ..Library::UNKNOWN
};
