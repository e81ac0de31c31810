//! Django settings that refer to something by a dotted name (<https://docs.djangoproject.com/en/stable/ref/settings/>).
//! `django.setup()` configures logging and loads the apps before it loads their models; everything else is looked up
//! when it is first needed.

use crate::{LookedUp, When};

const fn row(setting: &'static str, when: When) -> LookedUp {
    LookedUp { setting, keys: &[], when }
}

/// Settings, and when they are looked up.
pub(super) const ROWS: &[LookedUp] = &[
    row("ASGI_APPLICATION", When::Later),
    row("AUTHENTICATION_BACKENDS", When::Later),
    row("AUTH_PASSWORD_VALIDATORS", When::Later),
    row("AUTH_USER_MODEL", When::Later),
    row("CACHES", When::Later),
    row("CSRF_FAILURE_VIEW", When::Later),
    row("DATABASE_ROUTERS", When::Later),
    row("DEFAULT_EXCEPTION_REPORTER", When::Later),
    row("DEFAULT_EXCEPTION_REPORTER_FILTER", When::Later),
    row("DEFAULT_FILE_STORAGE", When::Later),
    row("EMAIL_BACKEND", When::Later),
    row("FILE_UPLOAD_HANDLERS", When::Later),
    row("FORMAT_MODULE_PATH", When::Later),
    row("FORM_RENDERER", When::Later),
    row("INSTALLED_APPS", When::BeforeModels),
    row("LOGGING", When::BeforeModels),
    row("LOGGING_CONFIG", When::BeforeModels),
    row("MESSAGE_STORAGE", When::Later),
    row("MIDDLEWARE", When::Later),
    row("MIGRATION_MODULES", When::Later),
    row("PASSWORD_HASHERS", When::Later),
    row("ROOT_URLCONF", When::Later),
    row("SERIALIZATION_MODULES", When::Later),
    row("SESSION_ENGINE", When::Later),
    row("SESSION_SERIALIZER", When::Later),
    row("SIGNING_BACKEND", When::Later),
    row("STATICFILES_FINDERS", When::Later),
    row("STATICFILES_STORAGE", When::Later),
    row("STORAGES", When::Later),
    row("TASKS", When::Later),
    row("TEMPLATES", When::Later),
    row("TEST_RUNNER", When::Later),
    row("WSGI_APPLICATION", When::Later),
];
