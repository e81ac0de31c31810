//! `graphene`.

use crate::{AtImport, ClassRole, Kind, Library, Mark};

/// The description of the library.
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
