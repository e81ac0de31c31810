//! The configuration file of gunicorn, which is Python: its settings and the functions that it calls by their names.

/// Functions that the server calls, before the application is there or in each worker.
const HOOKS: &[&str] = &[
    "child_exit",
    "nworkers_changed",
    "on_exit",
    "on_reload",
    "on_starting",
    "post_fork",
    "post_request",
    "post_worker_init",
    "pre_exec",
    "pre_fork",
    "pre_request",
    "ssl_context",
    "when_ready",
    "worker_abort",
    "worker_exit",
    "worker_int",
];

/// Settings that tell such a file from another one.
const SETTINGS: &[&str] = &["bind", "preload_app", "worker_class", "workers"];

/// Whether gunicorn calls a function of this name in its configuration file.
pub fn is_server_hook(name: &str) -> bool {
    HOOKS.contains(&name)
}

/// Whether a variable of this name is a setting of gunicorn.
pub fn is_server_setting(name: &str) -> bool {
    SETTINGS.contains(&name)
}
