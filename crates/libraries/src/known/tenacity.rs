//! `tenacity`.

use crate::{AtImport, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "tenacity",
    imports: &["tenacity"],
    kinds: &[("tenacity", Kind::Harmless)],
    at_import: &[("tenacity", AtImport::Configures)],
    transparent: &["tenacity.retry"],
    ..Library::UNKNOWN
};
