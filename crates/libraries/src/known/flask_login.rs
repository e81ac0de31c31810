//! `Flask-Login`.

use crate::{AtImport, HttpName, Library};

/// What is known of it.
pub(super) const LIBRARY: Library = Library {
    distribution: "Flask-Login",
    imports: &["flask_login"],
    at_import: &[("flask_login", AtImport::Configures)],
    http_names: &[("flask_login", HttpName::Message, &["current_user", "login_user", "logout_user"])],
    ..Library::UNKNOWN
};
