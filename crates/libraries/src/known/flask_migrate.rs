//! `Flask-Migrate`.

use crate::{AtImport, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "Flask-Migrate",
    imports: &["flask_migrate"],
    kinds: &[("flask_migrate", Kind::Migrations)],
    at_import: &[("flask_migrate.Migrate", AtImport::Configures)],
    ..Library::UNKNOWN
};
