//! Findings as a query.

// The key of a query belongs to the query.
#![allow(clippy::needless_pass_by_value)]

use std::sync::Arc;

use camino::Utf8PathBuf;
use config::Problem;
use model::{ModuleId, Project};
use rustc_hash::FxHashSet;
use source::File;
use view::query::context;
use view::{Db, Finding};

use crate::{check_module, layers};

/// What is wrong with the contracts of the configuration that governs `folder`, given the modules and imports that there
/// are: those about nothing, and exceptions that except nothing.
#[salsa::tracked(returns(clone))]
pub fn contract_problems(db: &dyn Db, project: Project, folder: Utf8PathBuf) -> Arc<[Problem]> {
    let config = project.configs(db).list.iter().find(|config| config.folder == folder);
    config.map(|config| layers::contract_problems(db, project, config)).unwrap_or_default().into()
}

/// How often each contract of the configuration that governs `folder` is broken, and by how many modules, in the order
/// of the contracts. Ignore comments and levels don't count: a breach that is accepted is one.
#[salsa::tracked(returns(clone))]
pub fn breaches(db: &dyn Db, project: Project, folder: Utf8PathBuf) -> Arc<[(usize, usize)]> {
    let config = project.configs(db).list.iter().find(|config| config.folder == folder);
    config.map(|config| layers::breaches(db, project, config)).unwrap_or_default().into()
}

/// The modules that Django loads before its registry of apps is ready.
#[salsa::tracked(returns(clone))]
pub(crate) fn early_modules(db: &dyn Db, project: Project) -> Arc<FxHashSet<ModuleId>> {
    Arc::new(crate::imports::early_modules(db, project))
}

/// What Django loads while it starts.
#[salsa::tracked(returns(clone))]
pub(crate) fn django_modules(db: &dyn Db, project: Project) -> Arc<crate::imports::DjangoModules> {
    Arc::new(crate::imports::django_modules(db, project))
}

/// The first names of modules outside of the project that it imports only where they are installed: under
/// `except ImportError`.
#[salsa::tracked(returns(clone))]
pub(crate) fn optional_imports(db: &dyn Db, project: Project) -> Arc<FxHashSet<String>> {
    let modules = model::query::modules(db, project);
    let mut found = FxHashSet::default();
    for (_, info) in modules.iter().filter(|(_, info)| info.has_edges()) {
        let imports = python::query::imports(db, info.file);
        let is_optional = |import: &&python::Import| import.context.optional && import.level == 0;
        for import in imports.list.iter().filter(is_optional) {
            found.insert(import.module.split('.').next().unwrap_or_default().to_owned());
        }
    }
    Arc::new(found)
}

/// The findings of one file.
#[salsa::tracked(returns(clone))]
pub fn check(db: &dyn Db, project: Project, file: File) -> Arc<[Finding]> {
    context(db, project, file).map(|cx| check_module(&cx)).unwrap_or_default().into()
}
