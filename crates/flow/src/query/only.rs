//! Methods that one class of the project alone has.

// The key of a query belongs to the query.
#![allow(clippy::needless_pass_by_value)]

use std::sync::Arc;

use model::Project;
use python::Name;
use rustc_hash::FxHashMap;

use crate::{Db, FunctionRef};

/// The methods that one entity of the project alone has, by name.
#[salsa::tracked(returns(clone))]
pub fn only_methods(db: &dyn Db, project: Project) -> Arc<FxHashMap<Name, FunctionRef>> {
    Arc::new(crate::classes::only_methods(db, project))
}

/// The one method of the project's entities that is called `name`.
#[salsa::tracked(returns(clone))]
pub fn only_method(db: &dyn Db, project: Project, name: Name) -> Option<FunctionRef> {
    only_methods(db, project).get(&name).copied()
}
