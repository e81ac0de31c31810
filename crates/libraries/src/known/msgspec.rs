//! `msgspec`.

use crate::{AtImport, ClassRole, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "msgspec",
    imports: &["msgspec"],
    kinds: &[("msgspec", Kind::Schema)],
    bases: &[("msgspec.Struct", ClassRole::Schema)],
    at_import: &[("msgspec", AtImport::Configures)],
    ..Library::UNKNOWN
};
