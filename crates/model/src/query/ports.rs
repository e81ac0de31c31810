//! Ports as queries.

// Queries take their keys by value.
#![allow(clippy::needless_pass_by_value)]

use std::sync::Arc;

use python::{FunctionId, Name};
use rustc_hash::FxHashMap;
use source::File;

use super::{Db, QueryLookup, bases, hierarchy, modules, resolved};
use crate::ports::{Linking, Names, Source, SourceFile, link, made_by};
use crate::resolve::{Resolver, canonical, join};
use crate::{
    Adapter, ClassRef, Head, IndirectSite, InjectionSite, Interfaces, ModuleId, Modules, PathRole, Port,
    Project, Registrations, Shapes,
};

/// The shapes of a file's classes.
#[salsa::tracked(returns(clone))]
pub fn shapes(db: &dyn Db, file: File) -> Arc<Shapes> {
    Arc::new(Shapes::of(&python::query::definitions(db, file)))
}

/// The registrations in a file. Reads bodies, and is compared.
#[salsa::tracked(returns(clone))]
pub fn registrations(db: &dyn Db, file: File) -> Arc<Registrations> {
    Arc::new(Registrations::of(&python::query::module(db, file)))
}

/// The class whose instances a function creates, judging by what it returns.
#[salsa::tracked(returns(clone))]
fn made(db: &dyn Db, project: Project, module: ModuleId, function: FunctionId) -> Option<ClassRef> {
    let modules = modules(db, project);
    let registrations = registrations(db, modules[module].file);
    with_names(db, project, &modules, |names| made_by(names, module, &registrations, function))
}

/// The requested classes and the classes injected for them, according to the registrations in a file.
#[salsa::tracked(returns(clone))]
fn registered(db: &dyn Db, project: Project, file: File) -> Arc<[(ClassRef, ClassRef)]> {
    let registrations = registrations(db, file);
    let modules = modules(db, project);
    let Some(module) = modules.of_file(file).filter(|_| !registrations.is_empty()) else {
        return Arc::default();
    };
    let hierarchy = hierarchy(db, project);
    with_names(db, project, &modules, |names| {
        let linking = Linking {
            names,
            hierarchy: &hierarchy,
            asks: &|module| injection_sites(db, project, modules[module].file),
            made: &|module, function| made(db, project, module, function),
        };
        link(&linking, module, &registrations).into()
    })
}

/// The interfaces of the project with their implementations. For a single one, use the narrower queries below.
#[salsa::tracked(returns(clone))]
pub fn interfaces(db: &dyn Db, project: Project) -> Arc<Interfaces> {
    let modules = modules(db, project);
    let code = modules.iter().filter(|(_, module)| module.role == PathRole::Code);
    let files: Vec<SourceFile> = code
        .map(|(module, info)| SourceFile {
            module,
            shapes: shapes(db, info.file),
            bases: bases(db, project, info.file),
        })
        .collect();
    let registered: Vec<_> =
        files.iter().flat_map(|file| registered(db, project, modules[file.module].file).to_vec()).collect();
    Arc::new(crate::ports::find(&Source {
        hierarchy: &hierarchy(db, project),
        files: &files,
        registered: &registered,
    }))
}

/// The requirements of an interface; `None` if the class isn't one.
#[salsa::tracked(returns(clone))]
pub fn port(db: &dyn Db, project: Project, class: ClassRef) -> Option<Arc<Port>> {
    interfaces(db, project).ports.get(&class).cloned()
}

/// The implementations of an interface, sorted.
#[salsa::tracked(returns(clone))]
pub fn adapters(db: &dyn Db, project: Project, port: ClassRef) -> Arc<[Adapter]> {
    interfaces(db, project).adapters.get(&port).cloned().unwrap_or_default()
}

/// The interfaces that a class implements, sorted, each with the reason.
#[salsa::tracked(returns(clone))]
pub fn ports_of(db: &dyn Db, project: Project, class: ClassRef) -> Arc<[Adapter]> {
    interfaces(db, project).ports_of.get(&class).cloned().unwrap_or_default()
}

/// The class whose instance a provider function injects. A function may depend on itself in its own annotation; the
/// result is then unknown.
#[salsa::tracked(returns(clone), cycle_result = nothing_supplied)]
fn supplied(db: &dyn Db, project: Project, module: ModuleId, function: FunctionId) -> Option<ClassRef> {
    let modules = modules(db, project);
    let definitions = python::query::definitions(db, modules[module].file);
    let Some(returns) = definitions.functions.get(function.0 as usize)?.returns else {
        return made(db, project, module, function);
    };
    with_names(db, project, &modules, |names| names.promised(module, &definitions.exprs, returns))
}

fn nothing_supplied(_: &dyn Db, _: salsa::Id, _: Project, _: ModuleId, _: FunctionId) -> Option<ClassRef> {
    None
}

/// The dependencies that a file requests, in source order.
#[salsa::tracked(returns(clone))]
pub fn injection_sites(db: &dyn Db, project: Project, file: File) -> Arc<[InjectionSite]> {
    let modules = modules(db, project);
    let Some(module) = modules.of_file(file) else { return Arc::default() };
    let definitions = python::query::definitions(db, file);
    let hierarchy = hierarchy(db, project);
    with_names(db, project, &modules, |names| {
        crate::ports::injection_sites_of(names, &hierarchy, module, &definitions)
    })
    .into()
}

/// The injection sites of one class.
type Dependents = Arc<[(ModuleId, InjectionSite)]>;

/// All dependencies that the project's code requests, by class.
#[salsa::tracked(returns(clone))]
fn dependents_by_class(db: &dyn Db, project: Project) -> Arc<FxHashMap<ClassRef, Dependents>> {
    let modules = modules(db, project);
    let mut found: FxHashMap<ClassRef, Vec<(ModuleId, InjectionSite)>> = FxHashMap::default();
    for (id, module) in modules.iter().filter(|(_, module)| module.role == PathRole::Code) {
        for ask in injection_sites(db, project, module.file).iter() {
            found.entry(ask.class.clone()).or_default().push((id, ask.clone()));
        }
    }
    let sorted = |mut list: Vec<(ModuleId, InjectionSite)>| {
        list.sort_by_key(|(module, ask)| (*module, ask.place));
        Arc::from(list)
    };
    Arc::new(found.into_iter().map(|(class, list)| (class, sorted(list))).collect())
}

/// The injection sites of a class, sorted by module and place.
#[salsa::tracked(returns(clone))]
pub fn dependents(db: &dyn Db, project: Project, class: ClassRef) -> Dependents {
    dependents_by_class(db, project).get(&class).cloned().unwrap_or_default()
}

/// The parameters of a file that request project classes behind something else, in source order.
#[salsa::tracked(returns(clone))]
pub fn indirect_sites(db: &dyn Db, project: Project, file: File) -> Arc<[IndirectSite]> {
    let modules = modules(db, project);
    let Some(module) = modules.of_file(file) else { return Arc::default() };
    let definitions = python::query::definitions(db, file);
    with_names(db, project, &modules, |names| crate::ports::indirect_sites_of(names, module, &definitions))
        .into()
}

/// Runs `work` with what names mean in the project.
pub(super) fn with_names<T>(
    db: &dyn Db,
    project: Project,
    modules: &Arc<Modules>,
    work: impl FnOnce(&Names<'_>) -> T,
) -> T {
    let lookup = QueryLookup { db, modules };
    let resolver = Resolver { modules, lookup: &lookup };
    let resolved = |file: File| resolved(db, project, file);
    let member = |head: &Head, name: &str| match head {
        Head::Module(module) => resolver.member(*module, name, &resolved),
        Head::Namespace(root, package) => resolver.below(*root, package, name),
        Head::Foreign(full) => Head::Foreign(canonical(&join(full, name))),
        Head::Class(_) | Head::Function(..) | Head::Variable(..) | Head::Unknown => Head::Unknown,
    };
    let local = |module: ModuleId, name: &str| {
        let imports = python::query::imports(db, modules[module].file);
        let found = imports
            .iter()
            .find(|(_, import)| import.context.function.is_some() && import.bound_name() == Some(name));
        found.map_or(Head::Unknown, |(id, _)| resolver.imported(module, id, &resolved))
    };
    let supplied = |module: ModuleId, function: FunctionId| supplied(db, project, module, function);
    work(&Names {
        head: &|module, name| resolver.head(module, &Name::new(name), &resolved),
        local: &local,
        member: &member,
        definitions: &|module| python::query::definitions(db, modules[module].file),
        supplied: &supplied,
    })
}
