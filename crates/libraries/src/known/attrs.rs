//! `attrs`.

use crate::{AtImport, ClassRole, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "attrs",
    imports: &["attr", "attrs"],
    kinds: &[("attr", Kind::Harmless), ("attrs", Kind::Harmless)],
    bases: &[("attr", ClassRole::Data)],
    class_decorators: &[("attr", ClassRole::Data), ("attrs", ClassRole::Data)],
    other_fields: &["attr", "attrs"],
    at_import: &[("attr", AtImport::Configures), ("attrs", AtImport::Configures)],
    ..Library::UNKNOWN
};
