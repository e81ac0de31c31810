//! `django-allauth`.

use crate::{ClassRole, Library, LookedUp, When};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "django-allauth",
    imports: &["allauth"],
    // Allauth calls an adapter with the request: it redirects, reads parameters and adds messages.
    bases: &[
        ("allauth.account.adapter", ClassRole::Http),
        ("allauth.headless.adapter", ClassRole::Http),
        ("allauth.mfa.adapter", ClassRole::Http),
        ("allauth.socialaccount.adapter", ClassRole::Http),
    ],
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
