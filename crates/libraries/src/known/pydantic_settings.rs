//! `pydantic-settings`.

use crate::{AtImport, ClassRole, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "pydantic-settings",
    imports: &["pydantic_settings"],
    kinds: &[("pydantic_settings", Kind::Settings)],
    bases: &[("pydantic_settings", ClassRole::Settings)],
    at_import: &[
        ("pydantic_settings", AtImport::Configures),
        ("pydantic_settings.BaseSettings", AtImport::Environment),
    ],
    settings: &["pydantic_settings.BaseSettings", "pydantic_settings.main.BaseSettings"],
    ..Library::UNKNOWN
};
