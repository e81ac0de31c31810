//! `orjson`.

use crate::{AtImport, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "orjson",
    imports: &["orjson"],
    kinds: &[("orjson", Kind::Harmless)],
    at_import: &[("orjson.dumps", AtImport::Pure), ("orjson.loads", AtImport::Container)],
    ..Library::UNKNOWN
};
