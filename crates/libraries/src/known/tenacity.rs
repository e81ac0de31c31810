//! `tenacity`.

use crate::{AtImport, Kind, Library};

/// What is known of it.
pub(super) const LIBRARY: Library = Library {
    distribution: "tenacity",
    imports: &["tenacity"],
    kinds: &[("tenacity", Kind::Harmless)],
    at_import: &[("tenacity", AtImport::Configures)],
    transparent: &["tenacity.retry"],
    ..Library::UNKNOWN
};
