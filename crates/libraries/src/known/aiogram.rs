//! `aiogram`.

use crate::{AtImport, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "aiogram",
    imports: &["aiogram"],
    kinds: &[("aiogram", Kind::Web)],
    at_import: &[("aiogram.Router", AtImport::Configures)],
    ..Library::UNKNOWN
};
