//! `typing-extensions`.

use crate::{AtImport, ClassRole, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "typing-extensions",
    imports: &["typing_extensions"],
    kinds: &[("typing_extensions", Kind::Harmless)],
    modules: &[("typing_extensions", "typing")],
    bases: &[
        ("typing_extensions.NamedTuple", ClassRole::Data),
        ("typing_extensions.Protocol", ClassRole::Protocol),
        ("typing_extensions.TypedDict", ClassRole::Data),
    ],
    at_import: &[("typing_extensions", AtImport::Pure)],
    transparent: &[
        "typing_extensions.deprecated",
        "typing_extensions.final",
        "typing_extensions.override",
        "typing_extensions.type_check_only",
    ],
    ..Library::UNKNOWN
};
