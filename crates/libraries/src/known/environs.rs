//! `environs`.

use crate::{AtImport, Kind, Library, Mark};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "environs",
    imports: &["environs"],
    kinds: &[("environs", Kind::Settings)],
    calls: &[("environs.Env", Mark::ReadsEnvironment)],
    at_import: &[("environs", AtImport::Environment)],
    ..Library::UNKNOWN
};
