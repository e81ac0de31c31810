//! `dj-rest-auth`.

use crate::{Library, LookedUp, When};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "dj-rest-auth",
    imports: &["dj_rest_auth"],
    looked_up: &[
        LookedUp {
            setting: "REST_AUTH",
            keys: &[
                "LOGIN_SERIALIZER",
                "PASSWORD_CHANGE_SERIALIZER",
                "PASSWORD_RESET_CONFIRM_SERIALIZER",
                "PASSWORD_RESET_SERIALIZER",
                "USER_DETAILS_SERIALIZER",
            ],
            when: When::WhileLoading(&[
                "dj_rest_auth.mfa",
                "dj_rest_auth.registration.urls",
                "dj_rest_auth.registration.views",
                "dj_rest_auth.urls",
                "dj_rest_auth.views",
            ]),
        },
        LookedUp {
            setting: "REST_AUTH",
            keys: &["REGISTER_PERMISSION_CLASSES", "REGISTER_SERIALIZER"],
            when: When::WhileLoading(&["dj_rest_auth.registration.urls", "dj_rest_auth.registration.views"]),
        },
        LookedUp {
            setting: "REST_AUTH",
            keys: &["MFA_VERIFY_SERIALIZER"],
            when: When::WhileLoading(&["dj_rest_auth.mfa"]),
        },
    ],
    ..Library::UNKNOWN
};
