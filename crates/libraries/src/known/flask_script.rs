//! `Flask-Script`.

use crate::{ClassRole, Kind, Library};

/// What is known of it.
pub(super) const LIBRARY: Library = Library {
    distribution: "Flask-Script",
    imports: &["flask_script"],
    kinds: &[("flask_script", Kind::CommandLine)],
    bases: &[("flask_script.Command", ClassRole::Command)],
    ..Library::UNKNOWN
};
