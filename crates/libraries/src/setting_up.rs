//! Calls that set Django up: after them, models can be loaded.

/// Their full names.
pub const SETTING_UP: &[&str] = &[
    "django.core.asgi.get_asgi_application",
    "django.core.management.execute_from_command_line",
    "django.core.wsgi.get_wsgi_application",
    "django.setup",
];
