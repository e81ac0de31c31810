//! `numpy`.

use crate::{AtImport, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "numpy",
    imports: &["numpy"],
    kinds: &[("numpy", Kind::Harmless)],
    at_import: &[("numpy", AtImport::Pure), ("numpy.random", AtImport::Acts)],
    ..Library::UNKNOWN
};
