//! `advanced-alchemy`.

use crate::{ClassRole, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "advanced-alchemy",
    imports: &["advanced_alchemy"],
    kinds: &[("advanced_alchemy", Kind::Orm)],
    bases: &[
        ("advanced_alchemy.base", ClassRole::OrmModel),
        ("advanced_alchemy.repository", ClassRole::Repository),
        ("advanced_alchemy.service", ClassRole::Service),
    ],
    ..Library::UNKNOWN
};
