//! `umongo`.

use crate::{ClassRole, Kind, Library};

/// What is known of it.
pub(super) const LIBRARY: Library = Library {
    distribution: "umongo",
    imports: &["umongo"],
    kinds: &[("umongo", Kind::Orm)],
    bases: &[("umongo", ClassRole::OrmModel)],
    ..Library::UNKNOWN
};
