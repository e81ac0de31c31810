//! Which members consumers use of their dependencies.

// Queries take their keys by value.
#![allow(clippy::needless_pass_by_value)]

use std::sync::Arc;

use model::{InjectionPlace, ModuleId, Project};

use crate::{Db, Usage};

/// How a consumer uses the dependency that it requests at an injection site.
#[salsa::tracked(returns(clone))]
pub fn usage(db: &dyn Db, project: Project, module: ModuleId, place: InjectionPlace) -> Arc<Usage> {
    Arc::new(crate::usage::usage(db, project, module, place))
}

/// How a consumer uses the elements of the collection that it requests at an injection site.
#[salsa::tracked(returns(clone))]
pub fn usage_of_elements(
    db: &dyn Db,
    project: Project,
    module: ModuleId,
    place: InjectionPlace,
) -> Arc<Usage> {
    Arc::new(crate::usage::usage_of_elements(db, project, module, place))
}
