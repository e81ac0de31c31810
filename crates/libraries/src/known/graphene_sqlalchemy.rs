//! `graphene-sqlalchemy`.

use crate::{ClassRole, Library};

/// What is known of it.
pub(super) const LIBRARY: Library = Library {
    distribution: "graphene-sqlalchemy",
    imports: &["graphene_sqlalchemy"],
    bases: &[("graphene_sqlalchemy", ClassRole::GraphQl)],
    ..Library::UNKNOWN
};
