//! The behaviour of functions, and their callers.

// Queries take their keys by value.
#![allow(clippy::needless_pass_by_value)]

use std::sync::Arc;

use model::{ClassRef, ModuleId, PathRole, Project};
use python::FunctionId;
use rustc_hash::FxHashMap;
use source::File;

use crate::{Analysis, Callee, Db, FunctionRef, Heir, Reached, Summary};

/// The full analysis of a function, as it is written or as it behaves for the class of its receiver.
#[salsa::tracked(returns(clone), cycle_fn = recover, cycle_initial = nothing)]
pub fn analysis_of(db: &dyn Db, project: Project, callee: Callee) -> Arc<Analysis> {
    Arc::new(crate::walk::analyse(db, project, callee))
}

/// The summary of a function, as its callers see it.
#[salsa::tracked(returns(clone), cycle_fn = recover, cycle_initial = nothing)]
pub fn summary_of(db: &dyn Db, project: Project, callee: Callee) -> Arc<Summary> {
    Arc::clone(&analysis_of(db, project, callee).summary)
}

/// Recursion starts from "nothing happens".
fn nothing<T: Default>(_: &dyn Db, _: salsa::Id, _: Project, _: Callee) -> Arc<T> {
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
    _: Callee,
) -> Arc<T> {
    if cycle.iteration() >= MAX_ROUNDS { Arc::clone(last) } else { value }
}

/// The full analysis of a function as it is written.
pub fn analysis(db: &dyn Db, project: Project, module: ModuleId, function: FunctionId) -> Arc<Analysis> {
    analysis_of(db, project, FunctionRef { module, function }.into())
}

/// Its summary.
pub fn summary(db: &dyn Db, project: Project, module: ModuleId, function: FunctionId) -> Arc<Summary> {
    summary_of(db, project, FunctionRef { module, function }.into())
}

/// The class as the heir for which a method behaves otherwise than for the class that defines it.
#[salsa::tracked(returns(copy))]
pub(crate) fn heir(
    db: &dyn Db,
    project: Project,
    module: ModuleId,
    function: FunctionId,
    class: ClassRef,
) -> Option<Heir> {
    crate::heir::heir(db, project, FunctionRef { module, function }, &class)
}

/// A method as it behaves for each of the classes that override something that it reaches. Bounded.
#[salsa::tracked(returns(clone))]
pub(crate) fn heirs(db: &dyn Db, project: Project, module: ModuleId, function: FunctionId) -> Arc<[Callee]> {
    crate::heir::heirs(db, project, FunctionRef { module, function }).into()
}

/// The names that a method reads of its own receiver.
#[salsa::tracked(returns(clone))]
pub(crate) fn reached_on_self(db: &dyn Db, file: File, function: FunctionId) -> Arc<Reached> {
    Arc::new(Reached::of(db, file, function))
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
    analysis_of(db, project, query.callee())
        .models
        .get(usize::from(query.index))
        .and_then(|model| model.class().cloned())
}
