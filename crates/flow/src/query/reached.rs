//! How functions are reached.

// The key of a query belongs to the query.
#![allow(clippy::needless_pass_by_value)]

use std::sync::Arc;

use model::{ModuleId, Project};
use python::{FunctionId, Name};
use rustc_hash::FxHashMap;

use crate::ways::{Way, Ways};
use crate::{Db, FunctionRef};

/// The functions of the project that a function calls, or names so that somebody else calls them at once; each once, sorted.
#[salsa::tracked(returns(clone))]
pub fn leads_to(db: &dyn Db, project: Project, module: ModuleId, function: FunctionId) -> Arc<[FunctionRef]> {
    let known = super::analysis(db, project, module, function);
    let named = known.hands_on.iter().filter(|(_, later)| later.is_none()).map(|(function, _)| *function);
    let mut all: Vec<FunctionRef> = known.calls.iter().map(|(_, callee)| *callee).chain(named).collect();
    all.sort_unstable();
    all.dedup();
    all.into()
}

/// The methods by name that a function calls on what isn't known.
#[salsa::tracked(returns(clone))]
pub(crate) fn unresolved(
    db: &dyn Db,
    project: Project,
    module: ModuleId,
    function: FunctionId,
) -> Arc<[Name]> {
    super::analysis(db, project, module, function).unresolved.clone().into()
}

/// The methods of the project's classes by name.
#[salsa::tracked(returns(clone))]
pub(crate) fn methods_by_name(db: &dyn Db, project: Project) -> Arc<FxHashMap<Name, Vec<FunctionRef>>> {
    Arc::new(crate::ways::methods_by_name(db, project))
}

/// The functions that a module calls or hands to somebody while it is loaded, with who calls them.
#[salsa::tracked(returns(clone))]
pub(crate) fn at_import(
    db: &dyn Db,
    project: Project,
    module: ModuleId,
) -> Arc<[(FunctionRef, libraries::Entry)]> {
    crate::ways::at_import(db, project, module).into()
}

/// How all functions of the project are reached. Analyses those that are.
#[salsa::tracked(returns(clone))]
pub fn ways(db: &dyn Db, project: Project) -> Arc<Ways> {
    Arc::new(Ways::of(db, project))
}

/// How one function is reached: changes only when that does.
#[salsa::tracked(returns(clone))]
pub fn way_in(db: &dyn Db, project: Project, module: ModuleId, function: FunctionId) -> Way {
    ways(db, project).to(FunctionRef { module, function })
}
