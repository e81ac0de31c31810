//! `Mako`.

use crate::{AtImport, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "Mako",
    imports: &["mako"],
    kinds: &[("mako", Kind::Template)],
    at_import: &[("mako.template.Template", AtImport::Makes)],
    ..Library::UNKNOWN
};
