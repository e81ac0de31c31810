//! What modules do when they are loaded.

// Queries take their keys by value.
#![allow(clippy::needless_pass_by_value)]

use std::sync::Arc;

use model::{ModuleId, Project};
use source::File;

use crate::{Db, import_time};

/// What happens while a module is loaded, excluding the modules that it loads. Changes only when the steps do, not with
/// a body that doesn't run at import time.
#[salsa::tracked(returns(clone))]
pub fn import_steps(db: &dyn Db, project: Project, module: ModuleId) -> Arc<[import_time::Step]> {
    import_time::steps(db, project, module).into()
}

/// The module-level variables that a file modifies.
#[salsa::tracked(returns(clone))]
pub fn changes(db: &dyn Db, file: File) -> Arc<[import_time::Change]> {
    import_time::changes(&python::query::module(db, file)).into()
}

/// The module-level variables that the project's code modifies.
#[salsa::tracked(returns(clone))]
pub fn changed(db: &dyn Db, project: Project) -> Arc<import_time::Changed> {
    Arc::new(import_time::changed(db, project))
}

/// The import steps of all modules.
#[salsa::tracked(returns(clone))]
pub fn import_table(db: &dyn Db, project: Project) -> Arc<import_time::Table> {
    Arc::new(import_time::Table::of(db, project))
}

/// The dotted names in the settings of a module. Changes only when they do.
#[salsa::tracked(returns(clone))]
pub fn named_in_settings(db: &dyn Db, project: Project, module: ModuleId) -> Arc<[import_time::Named]> {
    import_time::named(db, project, module).into()
}

/// The modules that libraries look up by names in the settings.
#[salsa::tracked(returns(clone))]
pub fn looked_up(db: &dyn Db, project: Project) -> Arc<import_time::LookedUp> {
    Arc::new(import_time::LookedUp::of(db, project))
}

/// What Django loads before its app registry is ready.
#[salsa::tracked(returns(clone))]
pub fn early(db: &dyn Db, project: Project) -> Arc<import_time::Early> {
    Arc::new(import_time::early(db, project))
}

/// How a module sets Django up by itself. Changes only when that does.
#[salsa::tracked(returns(copy))]
pub fn django_starter(db: &dyn Db, file: File) -> import_time::DjangoStarter {
    import_time::django_starter(db, file)
}

/// The lists of installed Django apps that begin in a module. Changes only when they do.
#[salsa::tracked(returns(clone))]
pub fn app_lists(db: &dyn Db, project: Project, module: ModuleId) -> Arc<[import_time::AppList]> {
    import_time::lists(db, project, module).into()
}

/// The installed Django apps, by all settings of the project.
#[salsa::tracked(returns(clone))]
pub fn installed(db: &dyn Db, project: Project) -> Arc<import_time::Installed> {
    Arc::new(import_time::Installed::of(db, project))
}
