//! `graphene-django`.

use crate::{AtImport, ClassRole, Kind, Library};

/// The description of the library.
pub(super) const LIBRARY: Library = Library {
    distribution: "graphene-django",
    imports: &["graphene_django"],
    kinds: &[("graphene_django", Kind::GraphQl)],
    bases: &[("graphene_django", ClassRole::GraphQl)],
    at_import: &[("graphene_django", AtImport::Configures)],
    ..Library::UNKNOWN
};
