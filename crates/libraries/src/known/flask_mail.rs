//! `Flask-Mail`.

use crate::{AtImport, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "Flask-Mail",
    imports: &["flask_mail"],
    at_import: &[("flask_mail.Mail", AtImport::Configures)],
    ..Library::UNKNOWN
};
