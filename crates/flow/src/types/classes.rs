//! The members of project classes, including inherited ones, and the implementations of interfaces.

mod interfaces;
pub(crate) mod lookup;
mod member;
mod mro;
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
pub(crate) use lookup::attribute;
pub use member::{Member, MethodKind};
pub(crate) use mro::{Ancestor, Bases, linearize, written as written_bases};
pub(crate) use own::{Classes, method_kind};
pub use read::{called, made, read};
pub(crate) use stored::{Stored, stored, stored_by};
pub use stores::Stores;

/// The member `name` of `class`: its own or the nearest inherited one.
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

/// The value under the key `name` of a `TypedDict`; `None` if `class` isn't one.
pub fn item(db: &dyn Db, project: Project, class: &ClassRef, name: &str) -> Option<Value> {
    let foreign = types::foreign_ancestors(db, project, class.module, class.name.clone());
    if !foreign.iter().any(|base| base == "typing.TypedDict") {
        return None;
    }
    types::attribute(db, project, class.module, class.name.clone(), name.into())
}

/// What `super().name` refers to in a method defined by `defined_in`: the member that follows `defined_in` in the MRO
/// of `class`.
pub fn member_past(
    db: &dyn Db,
    project: Project,
    class: &ClassRef,
    defined_in: &ClassRef,
    name: &str,
) -> Option<Member> {
    lookup::past(db, project, class, defined_in, name)
}

/// The type arguments that `class` passes to its base `base`: `[Order]` for
/// `class OrderRepository(BaseRepository[Order])`. `None` if it is not a base; empty if no arguments are given.
pub fn type_arguments(db: &dyn Db, project: Project, class: &ClassRef, base: &ClassRef) -> Option<Parts> {
    let ancestors = types::ancestors(db, project, class.module, class.name.clone());
    let found = ancestors.iter().find(|ancestor| ancestor.class == *base)?;
    Some(found.arguments.clone())
}

/// The project classes that `class` inherits from, in MRO order, excluding `class` itself.
pub fn bases(db: &dyn Db, project: Project, class: &ClassRef) -> Arc<[ClassRef]> {
    let ancestors = types::ancestors(db, project, class.module, class.name.clone());
    ancestors.iter().skip(1).map(|ancestor| ancestor.class.clone()).collect()
}

/// The full names of the non-project ancestors of `class`: `django.db.models.Model`.
pub fn foreign_ancestors(db: &dyn Db, project: Project, class: &ClassRef) -> Arc<[python::Name]> {
    types::foreign_ancestors(db, project, class.module, class.name.clone())
}

/// The methods of `class` and its bases that assign `name` on the instance, nearest first. Walking their bodies reveals
/// what [`member`] can't.
pub fn storing(db: &dyn Db, project: Project, class: &ClassRef, name: &str) -> Vec<FunctionRef> {
    lookup::storing(db, project, &types::ancestors(db, project, class.module, class.name.clone()), name)
}

/// The body of the nearest class in the MRO that assigns or declares `name` as a value.
pub fn assigning(db: &dyn Db, project: Project, class: &ClassRef, name: &str) -> Option<FunctionRef> {
    lookup::assigning(db, project, &types::ancestors(db, project, class.module, class.name.clone()), name)
}

/// The classes that implement a Protocol or an ABC, whose methods are called wherever the interface is requested. Empty
/// for a concrete class.
pub fn implementations(db: &dyn Db, project: Project, class: &ClassRef) -> Arc<[ClassRef]> {
    interfaces::implementations(db, project, class)
}
