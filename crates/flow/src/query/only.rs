//! Methods that exactly one project class has.

// Queries take their keys by value.
#![allow(clippy::needless_pass_by_value)]

use std::sync::Arc;

use model::Project;
use python::Name;
use rustc_hash::FxHashMap;

use crate::{Db, FunctionRef};

/// The methods that exactly one entity of the project has, by name.
#[salsa::tracked(returns(clone))]
pub fn only_methods(db: &dyn Db, project: Project) -> Arc<FxHashMap<Name, FunctionRef>> {
    Arc::new(crate::types::classes::only_methods(db, project))
}

/// The only entity method of the project with the name `name`.
#[salsa::tracked(returns(clone))]
pub fn only_method(db: &dyn Db, project: Project, name: Name) -> Option<FunctionRef> {
    only_methods(db, project).get(&name).copied()
}
