//! `Jinja2`.

use crate::{AtImport, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "Jinja2",
    imports: &["jinja2"],
    kinds: &[("jinja2", Kind::Template)],
    namesakes: &["jinja2"],
    at_import: &[("jinja2.Environment", AtImport::Makes), ("jinja2.Template", AtImport::Makes)],
    ..Library::UNKNOWN
};
