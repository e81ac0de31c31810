//! `blinker`.

use crate::{AtImport, Kind, Library};

/// What is known of it.
pub(super) const LIBRARY: Library = Library {
    distribution: "blinker",
    imports: &["blinker"],
    kinds: &[("blinker", Kind::Harmless)],
    at_import: &[("blinker.Namespace", AtImport::Configures)],
    ..Library::UNKNOWN
};
