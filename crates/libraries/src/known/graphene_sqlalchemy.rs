//! `graphene-sqlalchemy`.

use crate::{ClassRole, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "graphene-sqlalchemy",
    imports: &["graphene_sqlalchemy"],
    bases: &[("graphene_sqlalchemy", ClassRole::GraphQl)],
    ..Library::UNKNOWN
};
