//! `orjson`.

use crate::{AtImport, Kind, Library};

/// What is known of it.
pub(super) const LIBRARY: Library = Library {
    distribution: "orjson",
    imports: &["orjson"],
    kinds: &[("orjson", Kind::Harmless)],
    at_import: &[("orjson.dumps", AtImport::Pure), ("orjson.loads", AtImport::Container)],
    ..Library::UNKNOWN
};
