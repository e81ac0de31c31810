//! Pages of Wagtail: which of their methods answer requests.

/// Methods of a page that Wagtail calls as views.
const VIEWS: &[&str] = &[
    "get_context",
    "get_landing_page_template",
    "get_template",
    "render",
    "render_landing_page",
    "route",
    "serve",
    "serve_password_required_response",
    "serve_preview",
];

/// Decorators that make a method of a page a view.
const ROUTES: &[&str] = &["path", "re_path", "route"];

/// Whether Wagtail calls a method of this name of a page as a view.
pub fn is_page_view(method: &str) -> bool {
    VIEWS.contains(&method)
}

/// Whether a decorator of this name makes a method of a page a view.
pub fn makes_page_view(decorator: &str) -> bool {
    ROUTES.contains(&decorator)
}
