//! How functions are reached.

// Queries take their keys by value.
#![allow(clippy::needless_pass_by_value)]

use std::sync::Arc;

use model::{ModuleId, Project};
use python::{FunctionId, Name};
use rustc_hash::FxHashMap;

use crate::ways::{Loaded, Way, Ways};
use crate::{Db, FunctionRef};

/// The project functions that a function calls, or passes on so that they are called immediately. Without duplicates,
/// sorted.
#[salsa::tracked(returns(clone))]
pub fn leads_to(db: &dyn Db, project: Project, module: ModuleId, function: FunctionId) -> Arc<[FunctionRef]> {
    let known = super::analysis(db, project, module, function);
    let named = known.callbacks.iter().filter(|(_, later)| later.is_none()).map(|(function, _)| *function);
    let mut all: Vec<FunctionRef> = known.calls.iter().map(|(_, callee)| *callee).chain(named).collect();
    all.sort_unstable();
    all.dedup();
    all.into()
}

/// The names of the methods that a function calls on unknown values.
#[salsa::tracked(returns(clone))]
pub(crate) fn unresolved(
    db: &dyn Db,
    project: Project,
    module: ModuleId,
    function: FunctionId,
) -> Arc<[Name]> {
    super::analysis(db, project, module, function).unresolved.clone().into()
}

/// The methods of the project's classes, by name.
#[salsa::tracked(returns(clone))]
pub(crate) fn methods_by_name(db: &dyn Db, project: Project) -> Arc<FxHashMap<Name, Vec<FunctionRef>>> {
    Arc::new(crate::ways::methods_by_name(db, project))
}

/// The functions that a module calls or registers while it is loaded.
#[salsa::tracked(returns(clone))]
pub(crate) fn at_import(
    db: &dyn Db,
    project: Project,
    module: ModuleId,
) -> Arc<[(FunctionRef, Loaded)]> {
    crate::ways::at_import(db, project, module).into()
}

/// How all functions of the project are reached. Analyses the reached functions.
#[salsa::tracked(returns(clone))]
pub fn ways(db: &dyn Db, project: Project) -> Arc<Ways> {
    Arc::new(Ways::of(db, project))
}

/// How one function is reached. Changes only when that does.
#[salsa::tracked(returns(clone))]
pub fn way_in(db: &dyn Db, project: Project, module: ModuleId, function: FunctionId) -> Way {
    ways(db, project).to(FunctionRef { module, function })
}
