//! How functions are reached.

// Queries take their keys by value.
#![allow(clippy::needless_pass_by_value)]

use std::sync::Arc;

use model::{ModuleId, Project};
use python::{FunctionId, Name};
use rustc_hash::FxHashMap;

use crate::ways::{Loaded, Way, Ways};
use crate::{Db, FunctionRef, Site};

/// The project functions that a function calls, or passes on so that they are called immediately, rather than for their
/// names. Without duplicates, sorted.
#[salsa::tracked(returns(clone))]
pub fn leads_to(db: &dyn Db, project: Project, module: ModuleId, function: FunctionId) -> Arc<[FunctionRef]> {
    let known = super::analysis(db, project, module, function);
    let own = FunctionRef { module, function };
    let passed = known.callbacks.iter().filter(|(_, later)| later.is_none()).map(|(passed, _)| *passed);
    let passed = passed.filter(|passed| !crate::ways::is_only_named(db, project, own, *passed));
    let mut all: Vec<FunctionRef> = known.calls.iter().map(|(_, callee)| *callee).chain(passed).collect();
    all.sort_unstable();
    all.dedup();
    all.into()
}

/// Those of the functions that a function calls for requests that modify and for no others, with the method if a single
/// one is known. Sorted.
#[salsa::tracked(returns(clone))]
pub(crate) fn leads_to_by_change(
    db: &dyn Db,
    project: Project,
    module: ModuleId,
    function: FunctionId,
) -> Arc<[(FunctionRef, Option<Name>)]> {
    let known = super::analysis(db, project, module, function);
    if known.modifying.is_empty() {
        return Arc::default();
    }
    let method = |site: &Site| known.modifying.iter().find(|noted| noted.site == *site);
    let by_change = known.calls.iter().filter_map(|(site, callee)| Some((callee, method(site)?)));
    let is_only = |callee: &FunctionRef| {
        let mut calls = known.calls.iter().filter(|(_, called)| called == callee);
        calls.all(|(site, _)| method(site).is_some())
    };
    let mut found: Vec<(FunctionRef, Option<Name>)> = by_change
        .filter(|(callee, _)| is_only(callee))
        .map(|(callee, noted)| (*callee, noted.method.clone()))
        .collect();
    found.sort_unstable();
    found.dedup_by_key(|(callee, _)| *callee);
    found.into()
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
pub(crate) fn at_import(db: &dyn Db, project: Project, module: ModuleId) -> Arc<[(FunctionRef, Loaded)]> {
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
