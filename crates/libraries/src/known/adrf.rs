//! `adrf`.

use crate::{ClassRole, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "adrf",
    imports: &["adrf"],
    kinds: &[("adrf", Kind::Web)],
    bases: &[("adrf.views", ClassRole::View)],
    ..Library::UNKNOWN
};
