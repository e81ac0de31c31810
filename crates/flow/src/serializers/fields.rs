//! The fields of a class, for any of the libraries.

use model::{ClassRef, Project};

use super::field::{Fields, Library};
use super::library::library_of;
use super::{dictionaries, drf, graphene, marshmallow, pydantic};
use crate::Db;

/// The fields of one class.
pub(crate) fn fields(db: &dyn Db, project: Project, class: &ClassRef) -> Fields {
    match library_of(db, project, class) {
        Some(Library::RestFramework) => drf::fields(db, project, class),
        Some(Library::Pydantic) => pydantic::fields(db, project, class),
        Some(Library::Marshmallow) => marshmallow::fields(db, project, class),
        Some(Library::GraphQl) => graphene::fields(db, project, class),
        Some(Library::Dictionary) => dictionaries::fields(db, project, class),
        None => Fields::default(),
    }
}
