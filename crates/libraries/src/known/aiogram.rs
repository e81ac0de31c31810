//! `aiogram`.

use crate::{AtImport, Kind, Library};

/// What is known of it.
pub(super) const LIBRARY: Library = Library {
    distribution: "aiogram",
    imports: &["aiogram"],
    kinds: &[("aiogram", Kind::Web)],
    at_import: &[("aiogram.Router", AtImport::Configures)],
    ..Library::UNKNOWN
};
