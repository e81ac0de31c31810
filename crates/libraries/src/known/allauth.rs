//! `django-allauth`.

use crate::{Library, LookedUp, When};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "django-allauth",
    imports: &["allauth"],
    looked_up: &[LookedUp {
        setting: "ACCOUNT_SIGNUP_FORM_CLASS",
        keys: &[],
        when: When::WhileLoading(&[
            "allauth.account.forms",
            "allauth.account.urls",
            "allauth.account.views",
            "allauth.headless.account",
            "allauth.headless.mfa",
            "allauth.headless.socialaccount",
            "allauth.headless.urls",
            "allauth.mfa.base",
            "allauth.mfa.urls",
            "allauth.mfa.webauthn",
            "allauth.socialaccount.forms",
            "allauth.socialaccount.urls",
            "allauth.socialaccount.views",
            "allauth.urls",
        ]),
    }],
    ..Library::UNKNOWN
};
