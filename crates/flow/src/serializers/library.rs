//! The library that a class belongs to.

use model::{ClassRef, Project};

use super::dictionaries;
use super::field::Library;
use crate::Db;
use crate::query::types;

/// The library that renders with this class, if there is one.
pub(crate) fn library_of(db: &dyn Db, project: Project, class: &ClassRef) -> Option<Library> {
    let bases = types::foreign_ancestors(db, project, class.module, class.name.clone());
    let library = bases.iter().find_map(|base| Library::of_base(base));
    library.or_else(|| dictionaries::is_one(db, project, class).then_some(Library::Dictionary))
}
