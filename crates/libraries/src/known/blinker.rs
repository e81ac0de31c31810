//! `blinker`.

use crate::{AtImport, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "blinker",
    imports: &["blinker"],
    kinds: &[("blinker", Kind::Harmless)],
    at_import: &[("blinker.Namespace", AtImport::Configures)],
    ..Library::UNKNOWN
};
