//! `Flask-Script`.

use crate::{ClassRole, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "Flask-Script",
    imports: &["flask_script"],
    kinds: &[("flask_script", Kind::CommandLine)],
    bases: &[("flask_script.Command", ClassRole::Command)],
    ..Library::UNKNOWN
};
