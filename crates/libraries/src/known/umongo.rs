//! `umongo`.

use crate::{ClassRole, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "umongo",
    imports: &["umongo"],
    kinds: &[("umongo", Kind::Orm)],
    bases: &[("umongo", ClassRole::OrmModel)],
    ..Library::UNKNOWN
};
