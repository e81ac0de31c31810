//! `graphene`.

use crate::{AtImport, ClassRole, Kind, Library, Mark};

/// What is known of it.
pub(super) const LIBRARY: Library = Library {
    distribution: "graphene",
    imports: &["graphene"],
    kinds: &[("graphene", Kind::GraphQl)],
    bases: &[("graphene", ClassRole::GraphQl)],
    calls: &[("graphene.Schema", Mark::GraphQl)],
    other_fields: &["graphene"],
    at_import: &[("graphene", AtImport::Configures)],
    ..Library::UNKNOWN
};
