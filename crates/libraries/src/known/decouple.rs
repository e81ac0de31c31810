//! `python-decouple`.

use crate::{AtImport, Kind, Library, Mark};

/// What is known of it.
pub(super) const LIBRARY: Library = Library {
    distribution: "python-decouple",
    imports: &["decouple"],
    kinds: &[("decouple", Kind::Settings)],
    calls: &[("decouple.Config", Mark::ReadsEnvironment), ("decouple.config", Mark::ReadsEnvironment)],
    at_import: &[("decouple", AtImport::Environment)],
    ..Library::UNKNOWN
};
