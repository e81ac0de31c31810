//! The values of names, annotations and classes as queries. The keys are small, so that a change stops where the result
//! is equal.
//!
//! All of these can be cyclic (`a = b` here, `b = a` there). The result of a cycle is unknown.

// Queries take their keys by value.
#![allow(clippy::needless_pass_by_value)]

use std::sync::Arc;

use model::{ClassRef, ModuleId, Project};
use python::{FunctionId, Name};
use rustc_hash::FxHashMap;
use source::File;

use crate::types::classes::{Ancestor, Bases, Classes, Stored};
use crate::{Db, FunctionRef, Parts, Value};

/// The value of a module-level variable.
#[salsa::tracked(returns(clone), cycle_result = no_value)]
pub fn variable(db: &dyn Db, project: Project, module: ModuleId, name: Name) -> Value {
    crate::types::names::variable(db, project, module, &name)
}

/// The function whose call creates a module-level variable.
#[salsa::tracked(returns(clone))]
pub fn maker(db: &dyn Db, project: Project, module: ModuleId, name: Name) -> Option<FunctionRef> {
    crate::types::names::called(db, project, module, &name)
}

/// A value of the type that a module-level variable aliases: `OrderList = list[Order]`.
#[salsa::tracked(returns(clone), cycle_result = no_value)]
pub fn alias(db: &dyn Db, project: Project, module: ModuleId, name: Name) -> Value {
    crate::types::annotation::alias(db, project, module, &name)
}

fn no_value(_: &dyn Db, _: salsa::Id, _: Project, _: ModuleId, _: Name) -> Value {
    Value::UNKNOWN
}

/// The value that a function's return annotation promises; for an `async` function the awaited value.
#[salsa::tracked(returns(clone), cycle_result = no_result)]
pub fn returned(db: &dyn Db, project: Project, module: ModuleId, function: FunctionId) -> Value {
    crate::types::annotation::returned(db, project, FunctionRef { module, function }, None)
}

fn no_result(_: &dyn Db, _: salsa::Id, _: Project, _: ModuleId, _: FunctionId) -> Value {
    Value::UNKNOWN
}

/// The module-level classes of a file with the names that they bind, without the values.
#[salsa::tracked(returns(clone))]
pub fn classes(db: &dyn Db, file: File) -> Arc<Classes> {
    Arc::new(Classes::of(&python::query::definitions(db, file)))
}

/// The project bases of a class, with their type arguments.
#[salsa::tracked(returns(clone), cycle_result = no_bases)]
pub fn bases(db: &dyn Db, project: Project, module: ModuleId, class: Name) -> Arc<Bases> {
    Arc::new(crate::types::classes::written_bases(db, project, &ClassRef::new(module, class)))
}

fn no_bases(_: &dyn Db, _: salsa::Id, _: Project, _: ModuleId, _: Name) -> Arc<Bases> {
    Arc::default()
}

/// A class and its project ancestors, in MRO order.
#[salsa::tracked(returns(clone), cycle_result = no_ancestors)]
pub fn ancestors(db: &dyn Db, project: Project, module: ModuleId, class: Name) -> Arc<[Ancestor]> {
    crate::types::classes::linearize(db, project, &ClassRef::new(module, class), &[]).into()
}

fn no_ancestors(_: &dyn Db, _: salsa::Id, _: Project, module: ModuleId, class: Name) -> Arc<[Ancestor]> {
    Arc::new([Ancestor { class: ClassRef::new(module, class), arguments: Parts::default() }])
}

/// The full names of the non-project ancestors of a class.
#[salsa::tracked(returns(clone))]
pub fn foreign_ancestors(db: &dyn Db, project: Project, module: ModuleId, class: Name) -> Arc<[Name]> {
    let hierarchy = model::query::hierarchy(db, project);
    hierarchy.of(module, &class).map(|ancestors| Arc::from(&*ancestors.foreign)).unwrap_or_default()
}

/// The values that the initializing methods of a class assign on the instance.
#[salsa::tracked(returns(clone), cycle_result = nothing_stored)]
pub fn stored(db: &dyn Db, project: Project, module: ModuleId, class: Name) -> Arc<Stored> {
    Arc::new(crate::types::classes::stored(db, project, &ClassRef::new(module, class)))
}

fn nothing_stored(_: &dyn Db, _: salsa::Id, _: Project, _: ModuleId, _: Name) -> Arc<Stored> {
    Arc::default()
}

/// The values that one method assigns on `self`.
#[salsa::tracked(returns(clone), cycle_result = nothing_stored_by)]
pub fn stored_by(db: &dyn Db, project: Project, module: ModuleId, function: FunctionId) -> Arc<Stored> {
    Arc::new(crate::types::classes::stored_by(db, project, FunctionRef { module, function }))
}

fn nothing_stored_by(_: &dyn Db, _: salsa::Id, _: Project, _: ModuleId, _: FunctionId) -> Arc<Stored> {
    Arc::default()
}

/// The value of the attribute `name` of a class or its instances, its own or inherited.
#[salsa::tracked(returns(clone), cycle_result = no_attribute)]
pub fn attribute(db: &dyn Db, project: Project, module: ModuleId, class: Name, name: Name) -> Option<Value> {
    let class = ClassRef::new(module, class);
    let ancestors = ancestors(db, project, class.module, class.name.clone());
    crate::types::classes::attribute(db, project, &ancestors, &name)
}

fn no_attribute(_: &dyn Db, _: salsa::Id, _: Project, _: ModuleId, _: Name, _: Name) -> Option<Value> {
    None
}

/// The class returned by Django's `get_user_model()`.
#[salsa::tracked(returns(clone))]
pub fn user_model(db: &dyn Db, project: Project) -> Option<ClassRef> {
    crate::types::names::user_model(db, project)
}

/// The attributes by which rows of mappers lead back to those that read them.
#[salsa::tracked(returns(clone))]
pub fn back_links(db: &dyn Db, project: Project) -> Arc<FxHashMap<(ClassRef, Name), ClassRef>> {
    Arc::new(crate::library::mappers::back_links(db, project))
}
