//! Findings as a query.

// Query keys are passed by value.
#![allow(clippy::needless_pass_by_value)]

use std::sync::Arc;

use camino::Utf8PathBuf;
use config::{Layer, Problem};
use model::{ModuleId, Project, Target};
use python::Name;
use rustc_hash::FxHashSet;
use source::File;
use view::query::context;
use view::{Context, Db, Finding};

use crate::by_name::ByName;
use crate::layers;

/// Problems of the contracts in the configuration that governs `folder`, in view of the existing modules and imports:
/// contracts about nothing, and exceptions without effect.
#[salsa::tracked(returns(clone))]
pub fn contract_problems(db: &dyn Db, project: Project, folder: Utf8PathBuf) -> Arc<[Problem]> {
    let config = project.configs(db).list.iter().find(|config| config.folder == folder);
    config.map(|config| layers::contract_problems(db, project, config)).unwrap_or_default().into()
}

/// How often each contract of the configuration that governs `folder` is broken, and by how many modules, in the order
/// of the contracts. Ignore comments and levels don't matter: an accepted breach still counts.
#[salsa::tracked(returns(clone))]
pub fn breaches(db: &dyn Db, project: Project, folder: Utf8PathBuf) -> Arc<[(usize, usize)]> {
    let config = project.configs(db).list.iter().find(|config| config.folder == folder);
    config.map(|config| layers::breaches(db, project, config)).unwrap_or_default().into()
}

/// A name that loading a module takes from another one in which tests replace it: who loads the module when decides what it
/// gets.
#[salsa::tracked(returns(clone))]
pub(crate) fn takes_replaced(db: &dyn Db, project: Project, module: ModuleId) -> Option<(ModuleId, Name)> {
    let file = model::query::file_of(db, project, module);
    let imports = python::query::imports(db, file);
    let resolved = model::query::resolved(db, project, file);
    let patched = model::query::patched(db, project);
    let is_patched = |module: ModuleId, name: &Name| {
        patched.contains(&(module, None)) || patched.contains(&(module, Some(name.clone())))
    };
    imports.list.iter().zip(resolved.iter()).find_map(|(import, resolved)| {
        let Target::Symbol { module, name, origin, origin_name } = &resolved.target else { return None };
        if !import.context.at_import_time() {
            return None;
        }
        let places = [(*module, name), (*origin, origin_name)];
        let (module, name) = places.into_iter().find(|(module, name)| is_patched(*module, name))?;
        Some((module, name.clone()))
    })
}

/// The context of some file of the project, for questions about modules whose answers don't depend on the file.
fn of_any_file(db: &dyn Db, project: Project) -> Option<Context<'_>> {
    let modules = model::query::modules(db, project);
    modules.iter().find_map(|(_, info)| context(db, project, info.file))
}

/// The modules that certainly belong to the presentation layer.
#[salsa::tracked(returns(clone))]
pub(crate) fn presenting(db: &dyn Db, project: Project) -> Arc<ByName> {
    let Some(cx) = of_any_file(db, project) else { return Arc::default() };
    let modules = &cx.architecture.modules;
    let is_it = |id: ModuleId| layers::sure(&cx, id).is_some_and(|it| it.layer == Layer::Presentation);
    Arc::new(ByName::of(
        modules.iter().filter(|(id, _)| is_it(*id)).map(|(id, info)| (info.name.clone(), id)),
    ))
}

/// The packages that are features beside others.
#[salsa::tracked(returns(clone))]
pub(crate) fn features(db: &dyn Db, project: Project) -> Arc<layers::Features> {
    let Some(cx) = of_any_file(db, project) else { return Arc::default() };
    let architecture = &cx.architecture;
    let is_hollow = |id: ModuleId| model::query::signals(cx.db, cx.file_of(id)).is_hollow();
    Arc::new(layers::Features::of(&architecture.modules, &architecture.layers, &is_hollow))
}

/// The modules that contain queries as repositories and services do.
#[salsa::tracked(returns(clone))]
pub(crate) fn homes_of_queries(db: &dyn Db, project: Project) -> Arc<[ModuleId]> {
    let Some(cx) = of_any_file(db, project) else { return Arc::default() };
    let modules = &cx.architecture.modules;
    modules.iter().map(|(id, _)| id).filter(|id| layers::is_home_of_queries(&cx, *id)).collect()
}

/// What Django loads during startup.
#[salsa::tracked(returns(clone))]
pub(crate) fn django_modules(db: &dyn Db, project: Project) -> Arc<crate::imports::DjangoModules> {
    Arc::new(crate::imports::django_modules(db, project))
}

/// The first names of third-party modules that the project imports only if installed: under `except ImportError`.
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

/// The findings of one file about directions, contracts and cycles, ignored or not: these rules run once, for
/// [`check()`] and [`check_layers`].
#[salsa::tracked(returns(clone))]
pub(crate) fn about_layers(db: &dyn Db, project: Project, file: File) -> Arc<[Finding]> {
    context(db, project, file).map(|cx| crate::check::about_layers(&cx)).unwrap_or_default().into()
}

/// The findings of one file about directions, contracts and cycles: those of [`check()`], without the work of other rules.
#[salsa::tracked(returns(clone))]
pub fn check_layers(db: &dyn Db, project: Project, file: File) -> Arc<[Finding]> {
    let found = about_layers(db, project, file);
    if found.is_empty() {
        return found;
    }
    context(db, project, file)
        .map(|cx| crate::check::shown_about_layers(&cx, &found))
        .unwrap_or_default()
        .into()
}

/// The findings of one file.
#[salsa::tracked(returns(clone))]
pub fn check(db: &dyn Db, project: Project, file: File) -> Arc<[Finding]> {
    let layers = || about_layers(db, project, file);
    context(db, project, file)
        .map(|cx| crate::check::beside_layers(&cx, &layers()))
        .unwrap_or_default()
        .into()
}
