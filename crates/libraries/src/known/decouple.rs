//! `python-decouple`.

use crate::{AtImport, Kind, Library, Mark};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "python-decouple",
    imports: &["decouple"],
    kinds: &[("decouple", Kind::Settings)],
    calls: &[("decouple.Config", Mark::ReadsEnvironment), ("decouple.config", Mark::ReadsEnvironment)],
    at_import: &[("decouple", AtImport::Environment)],
    ..Library::UNKNOWN
};
