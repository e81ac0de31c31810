//! `advanced-alchemy`.

use crate::{ClassRole, Kind, Library};

/// What is known of it.
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
