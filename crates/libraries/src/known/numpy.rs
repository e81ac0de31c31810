//! `numpy`.

use crate::{AtImport, Kind, Library};

/// What is known of it.
pub(super) const LIBRARY: Library = Library {
    distribution: "numpy",
    imports: &["numpy"],
    kinds: &[("numpy", Kind::Harmless)],
    at_import: &[("numpy", AtImport::Pure), ("numpy.random", AtImport::Acts)],
    ..Library::UNKNOWN
};
