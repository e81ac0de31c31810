//! The behaviour of functions, and their callers.

// Queries take their keys by value.
#![allow(clippy::needless_pass_by_value)]

use std::sync::Arc;

use model::{ModuleId, PathRole, Project};
use python::FunctionId;
use rustc_hash::FxHashMap;

use crate::{Analysis, Db, FunctionRef, Summary};

/// The full analysis of one function.
#[salsa::tracked(returns(clone), cycle_fn = recover, cycle_initial = nothing)]
pub fn analysis(db: &dyn Db, project: Project, module: ModuleId, function: FunctionId) -> Arc<Analysis> {
    Arc::new(crate::walk::analyse(db, project, FunctionRef { module, function }))
}

/// Recursion starts from "nothing happens".
fn nothing<T: Default>(_: &dyn Db, _: salsa::Id, _: Project, _: ModuleId, _: FunctionId) -> Arc<T> {
    Arc::default()
}

/// After this many rounds the result of a call cycle is taken as it is.
pub(super) const MAX_ROUNDS: u32 = 4;

fn recover<T>(
    _: &dyn Db,
    cycle: &salsa::Cycle<'_>,
    last: &Arc<T>,
    value: Arc<T>,
    _: Project,
    _: ModuleId,
    _: FunctionId,
) -> Arc<T> {
    if cycle.iteration() >= MAX_ROUNDS { Arc::clone(last) } else { value }
}

/// The summary of a function, as its callers see it.
#[salsa::tracked(returns(clone), cycle_fn = recover, cycle_initial = nothing)]
pub fn summary(db: &dyn Db, project: Project, module: ModuleId, function: FunctionId) -> Arc<Summary> {
    Arc::clone(&analysis(db, project, module, function).summary)
}

/// Whether a project decorator runs the function that it decorates in another thread.
#[salsa::tracked]
pub(crate) fn runs_in_thread(db: &dyn Db, project: Project, module: ModuleId, function: FunctionId) -> bool {
    crate::decorated::runs_in_thread(db, project, FunctionRef { module, function })
}

/// The project functions that a function calls, without duplicates, sorted.
#[salsa::tracked(returns(clone))]
pub fn callees(db: &dyn Db, project: Project, module: ModuleId, function: FunctionId) -> Arc<[FunctionRef]> {
    let calls = &analysis(db, project, module, function).calls;
    let mut callees: Vec<FunctionRef> = calls.iter().map(|(_, callee)| *callee).collect();
    callees.sort_unstable();
    callees.dedup();
    callees.into()
}

/// The callers of each project function, sorted. Analyses the whole project, so it is for explicit requests, not for
/// rules.
#[salsa::tracked(returns(clone))]
pub fn callers(db: &dyn Db, project: Project) -> Arc<FxHashMap<FunctionRef, Vec<FunctionRef>>> {
    let modules = model::query::modules(db, project);
    let mut callers: FxHashMap<FunctionRef, Vec<FunctionRef>> = FxHashMap::default();
    for (module, info) in modules.iter().filter(|(_, info)| info.role == PathRole::Code) {
        for (function, _) in python::query::definitions(db, info.file).functions() {
            for callee in callees(db, project, module, function).iter() {
                callers.entry(*callee).or_default().push(FunctionRef { module, function });
            }
        }
    }
    Arc::new(callers)
}

/// The callers of one function. Changes only when they do.
#[salsa::tracked(returns(clone))]
pub fn callers_of(
    db: &dyn Db,
    project: Project,
    module: ModuleId,
    function: FunctionId,
) -> Arc<[FunctionRef]> {
    let callers = callers(db, project);
    callers.get(&FunctionRef { module, function }).map(Vec::as_slice).unwrap_or_default().into()
}

/// The entity that a query selects, if the function that builds the query determines it.
pub fn model_of(db: &dyn Db, project: Project, query: crate::QueryRef) -> Option<model::ClassRef> {
    let function = query.function;
    analysis(db, project, function.module, function.function)
        .models
        .get(usize::from(query.index))
        .and_then(|model| model.class().cloned())
}
