//! `Mako`.

use crate::{AtImport, Kind, Library};

/// What is known of it.
pub(super) const LIBRARY: Library = Library {
    distribution: "Mako",
    imports: &["mako"],
    kinds: &[("mako", Kind::Template)],
    at_import: &[("mako.template.Template", AtImport::Makes)],
    ..Library::UNKNOWN
};
