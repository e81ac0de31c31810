//! What names, annotations and classes are, as queries: small keys, so that a change ends where nobody sees it.
//!
//! All of them can meet themselves again (`a = b` here, `b = a` there): such a circle says nothing.

// The key of a query belongs to the query.
#![allow(clippy::needless_pass_by_value)]

use std::sync::Arc;

use model::{ClassRef, ModuleId, Project};
use python::{FunctionId, Name};
use source::File;

use crate::classes::{Ancestor, Bases, Classes, Stored};
use crate::{Db, FunctionRef, Parts, Value};

/// The value of a variable at the head of a module.
#[salsa::tracked(returns(clone), cycle_result = no_value)]
pub fn variable(db: &dyn Db, project: Project, module: ModuleId, name: Name) -> Value {
    crate::names::variable(db, project, module, &name)
}

/// The function whose call makes a variable at the head of a module.
#[salsa::tracked(returns(clone))]
pub fn maker(db: &dyn Db, project: Project, module: ModuleId, name: Name) -> Option<FunctionRef> {
    crate::names::called(db, project, module, &name)
}

/// A value of the type that a variable at the head of a module stands for: `OrderList = list[Order]`.
#[salsa::tracked(returns(clone), cycle_result = no_value)]
pub fn alias(db: &dyn Db, project: Project, module: ModuleId, name: Name) -> Value {
    crate::annotation::alias(db, project, module, &name)
}

fn no_value(_: &dyn Db, _: salsa::Id, _: Project, _: ModuleId, _: Name) -> Value {
    Value::UNKNOWN
}

/// What the annotation of a function says that comes back; of an `async` function what `await` gives.
#[salsa::tracked(returns(clone), cycle_result = no_result)]
pub fn returned(db: &dyn Db, project: Project, module: ModuleId, function: FunctionId) -> Value {
    crate::annotation::returned(db, project, FunctionRef { module, function }, None)
}

fn no_result(_: &dyn Db, _: salsa::Id, _: Project, _: ModuleId, _: FunctionId) -> Value {
    Value::UNKNOWN
}

/// The classes at the head of a file with the names that they bind, without what those are.
#[salsa::tracked(returns(clone))]
pub fn classes(db: &dyn Db, file: File) -> Arc<Classes> {
    Arc::new(Classes::of(&python::query::definitions(db, file)))
}

/// The classes of the project that a class names as its bases, with their type arguments.
#[salsa::tracked(returns(clone), cycle_result = no_bases)]
pub fn bases(db: &dyn Db, project: Project, module: ModuleId, class: Name) -> Arc<Bases> {
    Arc::new(crate::classes::written_bases(db, project, &ClassRef::new(module, class)))
}

fn no_bases(_: &dyn Db, _: salsa::Id, _: Project, _: ModuleId, _: Name) -> Arc<Bases> {
    Arc::default()
}

/// A class and those of the project that it inherits from, in the order in which attributes are looked up.
#[salsa::tracked(returns(clone), cycle_result = no_ancestors)]
pub fn ancestors(db: &dyn Db, project: Project, module: ModuleId, class: Name) -> Arc<[Ancestor]> {
    crate::classes::linearize(db, project, &ClassRef::new(module, class), &[]).into()
}

fn no_ancestors(_: &dyn Db, _: salsa::Id, _: Project, module: ModuleId, class: Name) -> Arc<[Ancestor]> {
    Arc::new([Ancestor { class: ClassRef::new(module, class), arguments: Parts::default() }])
}

/// The full names of the classes outside of the project that a class descends from.
#[salsa::tracked(returns(clone))]
pub fn foreign_ancestors(db: &dyn Db, project: Project, module: ModuleId, class: Name) -> Arc<[Name]> {
    let heritage = model::query::heritage(db, project);
    heritage.of(module, &class).map(|ancestry| Arc::from(&*ancestry.foreign)).unwrap_or_default()
}

/// What the methods that set up an instance store on it.
#[salsa::tracked(returns(clone), cycle_result = nothing_stored)]
pub fn stored(db: &dyn Db, project: Project, module: ModuleId, class: Name) -> Arc<Stored> {
    Arc::new(crate::classes::stored(db, project, &ClassRef::new(module, class)))
}

fn nothing_stored(_: &dyn Db, _: salsa::Id, _: Project, _: ModuleId, _: Name) -> Arc<Stored> {
    Arc::default()
}

/// What one method stores on `self`.
#[salsa::tracked(returns(clone), cycle_result = nothing_stored_by)]
pub fn stored_by(db: &dyn Db, project: Project, module: ModuleId, function: FunctionId) -> Arc<Stored> {
    Arc::new(crate::classes::stored_by(db, project, FunctionRef { module, function }))
}

fn nothing_stored_by(_: &dyn Db, _: salsa::Id, _: Project, _: ModuleId, _: FunctionId) -> Arc<Stored> {
    Arc::default()
}

/// The value of the attribute `name` of a class or its instances, its own or inherited.
#[salsa::tracked(returns(clone), cycle_result = no_attribute)]
pub fn attribute(db: &dyn Db, project: Project, module: ModuleId, class: Name, name: Name) -> Option<Value> {
    let class = ClassRef::new(module, class);
    let ancestors = ancestors(db, project, class.module, class.name.clone());
    crate::classes::attribute(db, project, &ancestors, &name)
}

fn no_attribute(_: &dyn Db, _: salsa::Id, _: Project, _: ModuleId, _: Name, _: Name) -> Option<Value> {
    None
}

/// The class that Django's `get_user_model()` gives.
#[salsa::tracked(returns(clone))]
pub fn user_model(db: &dyn Db, project: Project) -> Option<ClassRef> {
    crate::names::user_model(db, project)
}
