//! What classes of the project offer: methods and attributes, also inherited; and who implements an interface.

mod interfaces;
mod lineage;
pub(crate) mod lookup;
mod member;
mod own;
mod read;
mod stored;
mod stores;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use model::{ClassRef, Project};

use crate::query::types;
use crate::{Db, FunctionRef, Parts, Value};
pub(crate) use interfaces::only_methods;
pub(crate) use lineage::{Ancestor, Bases, linearize, written as written_bases};
pub(crate) use lookup::attribute;
pub use member::{Member, MethodKind};
pub(crate) use own::{Classes, method_kind};
pub use read::{called, made, read};
pub(crate) use stored::{Stored, stored, stored_by};
pub use stores::Stores;

/// The member `name` of `class`, its own or the nearest inherited one.
pub fn member(db: &dyn Db, project: Project, class: &ClassRef, name: &str) -> Option<Member> {
    lookup::member(db, project, class, &[], name)
}

/// The member `name` of an instance of `class` whose type arguments are known: `BaseRepository[Order](session).model`.
pub fn member_with(
    db: &dyn Db,
    project: Project,
    class: &ClassRef,
    arguments: &[Value],
    name: &str,
) -> Option<Member> {
    lookup::member(db, project, class, arguments, name)
}

/// What the key `name` of a `TypedDict` holds; nothing where `class` is none.
pub fn item(db: &dyn Db, project: Project, class: &ClassRef, name: &str) -> Option<Value> {
    let foreign = types::foreign_ancestors(db, project, class.module, class.name.clone());
    if !foreign.iter().any(|base| base == "typing.TypedDict") {
        return None;
    }
    types::attribute(db, project, class.module, class.name.clone(), name.into())
}

/// What `super().name` means in a method that `defined_in` defines: the member that an instance of `class` inherits past
/// `defined_in`.
pub fn member_past(
    db: &dyn Db,
    project: Project,
    class: &ClassRef,
    defined_in: &ClassRef,
    name: &str,
) -> Option<Member> {
    lookup::past(db, project, class, defined_in, name)
}

/// What stands for the type parameters of `base` in `class`, which inherits from it: `[Order]` for
/// `class OrderRepository(BaseRepository[Order])`. Nothing where it is no base; empty where none are given.
pub fn type_arguments(db: &dyn Db, project: Project, class: &ClassRef, base: &ClassRef) -> Option<Parts> {
    let ancestors = types::ancestors(db, project, class.module, class.name.clone());
    let found = ancestors.iter().find(|ancestor| ancestor.class == *base)?;
    Some(found.arguments.clone())
}

/// The classes of the project that `class` inherits from in the order in which members are looked up, itself left out.
pub fn bases(db: &dyn Db, project: Project, class: &ClassRef) -> Arc<[ClassRef]> {
    let ancestors = types::ancestors(db, project, class.module, class.name.clone());
    ancestors.iter().skip(1).map(|ancestor| ancestor.class.clone()).collect()
}

/// The full names of the classes outside of the project that `class` descends from: `django.db.models.Model`.
pub fn foreign_ancestors(db: &dyn Db, project: Project, class: &ClassRef) -> Arc<[python::Name]> {
    types::foreign_ancestors(db, project, class.module, class.name.clone())
}

/// The methods of `class` and of those it inherits from that store something as `name` on the instance, nearest first. Who
/// walks bodies finds there what [`member`] can't tell.
pub fn storing(db: &dyn Db, project: Project, class: &ClassRef, name: &str) -> Vec<FunctionRef> {
    lookup::storing(db, project, &types::ancestors(db, project, class.module, class.name.clone()), name)
}

/// The body of the nearest class that assigns or declares `name` as a value: `class` or one that it inherits from.
pub fn assigning(db: &dyn Db, project: Project, class: &ClassRef, name: &str) -> Option<FunctionRef> {
    lookup::assigning(db, project, &types::ancestors(db, project, class.module, class.name.clone()), name)
}

/// The classes that implement a Protocol or an ABC: those whose method is called where the interface is asked for.
/// Nothing for a concrete class.
pub fn implementations(db: &dyn Db, project: Project, class: &ClassRef) -> Arc<[ClassRef]> {
    interfaces::implementations(db, project, class)
}
