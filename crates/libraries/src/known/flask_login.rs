//! `Flask-Login`.

use crate::{AtImport, HttpName, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "Flask-Login",
    imports: &["flask_login"],
    kinds: &[("flask_login", Kind::Web)],
    at_import: &[("flask_login", AtImport::Configures)],
    http_names: &[("flask_login", HttpName::Message, &["current_user", "login_user", "logout_user"])],
    ..Library::UNKNOWN
};
