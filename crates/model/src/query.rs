//! The queries of this crate.

// Queries take their keys by value.
#![allow(clippy::needless_pass_by_value)]

use std::collections::BTreeMap;
use std::sync::Arc;

use config::{Config, Formatting};
use python::{ImportId, Imports, Name};
use rustc_hash::{FxHashMap, FxHashSet};
use source::File;

mod below;
mod messaging;
mod orm;
mod ports;
mod references;

pub use below::descendants;
pub use messaging::{maker_name, makes, message, message_facts, message_makers, messages};
pub use orm::{
    assembled, column_details, declared, entity, managers_by_name, named, own_user, relationship_names,
    schema, tables,
};
pub use ports::{
    adapters, dependents, indirect_sites, injection_sites, interfaces, port, ports_of, registrations, shapes,
};
pub use references::{is_patched, patched, replaced};

use crate::modules::{Ground, build, sample, survey};
use crate::resolve::{Lookup, Resolver};
use crate::{
    Architecture, Base, ByModule, ClassHierarchy, Cycles, DeclaredBases, Edge, EdgeKind, Exports, Graph,
    Head, Hook, Layers, ModuleId, Modules, PathRole, Probe, Project, Resolved, Root, RootId, RouteFacts,
    Routes, Signals,
};

/// The database interface that the model requires.
#[salsa::db]
pub trait Db: python::Db {}

/// What the imports of a file indicate about source roots. Changes only when another top-level name or folder is
/// imported.
#[salsa::tracked(returns(clone))]
pub fn probes(db: &dyn Db, file: File) -> Arc<[Probe]> {
    crate::roots::scan(source::query::text(db, file).as_str()).into()
}

/// What paths and configurations reveal: the folders, the hints and the early roles.
#[salsa::tracked(returns(clone), no_eq)]
fn ground(db: &dyn Db, project: Project) -> Arc<Ground> {
    Arc::new(survey(project.root(db), project.files(db), project.configs(db)))
}

/// The source roots of a project. Reads the imports of a sample of files; rarely changes.
#[salsa::tracked(returns(clone))]
pub fn roots(db: &dyn Db, project: Project) -> Arc<[Root]> {
    let ground = ground(db, project);
    let sample = sample(project.files(db), &ground);
    let probes: Vec<_> = sample.iter().map(|(path, file)| (path.as_path(), probes(db, *file))).collect();
    let votes = crate::roots::count(
        &ground.layout,
        &ground.hints.project,
        probes.iter().map(|(path, probes)| (*path, &**probes)),
    );
    crate::roots::find(&ground.layout, &ground.hints, &votes).into()
}

/// The modules of a project. Changes when files are added or removed, not when they are edited.
#[salsa::tracked(returns(clone))]
pub fn modules(db: &dyn Db, project: Project) -> Arc<Modules> {
    Arc::new(build(project.files(db), &ground(db, project), &roots(db, project)))
}

/// The file of a module. Queries that get a module's file this way don't run again because another file was added or
/// removed.
#[salsa::tracked(returns(copy))]
pub fn file_of(db: &dyn Db, project: Project, module: ModuleId) -> File {
    modules(db, project)[module].file
}

/// The packages without `__init__`. Changes when folders are added or removed, but not files in existing folders.
#[salsa::tracked(returns(clone))]
pub fn namespaces(db: &dyn Db, project: Project) -> Arc<FxHashMap<Name, Vec<RootId>>> {
    Arc::clone(&modules(db, project).namespaces)
}

/// The configuration that applies to a file.
#[salsa::tracked(returns(clone))]
pub fn config_of(db: &dyn Db, project: Project, file: File) -> Arc<Config> {
    project.configs(db).for_path(file.path(db)).cloned().unwrap_or_default()
}

/// The code style in a file, according to the configuration of the project's formatters.
#[salsa::tracked(returns(clone))]
pub fn formatting_of(db: &dyn Db, project: Project, file: File) -> Arc<Formatting> {
    Arc::new(project.configs(db).formatting_at(file.path(db)))
}

/// The names that a file exports.
#[salsa::tracked(returns(clone))]
pub fn exports(db: &dyn Db, file: File) -> Arc<Exports> {
    Arc::new(Exports::of(&python::query::imports(db, file), &python::query::definitions(db, file)))
}

/// Looks up facts about other modules with queries.
struct QueryLookup<'a> {
    db: &'a dyn Db,
    modules: &'a Modules,
}

impl Lookup for QueryLookup<'_> {
    fn imports(&self, module: ModuleId) -> Arc<Imports> {
        python::query::imports(self.db, self.modules[module].file)
    }

    fn exports(&self, module: ModuleId) -> Arc<Exports> {
        exports(self.db, self.modules[module].file)
    }
}

/// The targets of a file's imports, in the same number and order.
#[salsa::tracked(returns(clone))]
pub fn resolved(db: &dyn Db, project: Project, file: File) -> Arc<[Resolved]> {
    resolve(db, project, file, &python::query::imports(db, file))
}

/// The targets that `imports` would have in `file`, for text that doesn't exist yet.
pub fn resolve(db: &dyn Db, project: Project, file: File, imports: &Imports) -> Arc<[Resolved]> {
    let modules = modules(db, project);
    let Some(importer) = modules.of_file(file) else { return Arc::default() };
    let lookup = QueryLookup { db, modules: &modules };
    let resolver = Resolver { modules: &modules, lookup: &lookup };
    imports.list.iter().map(|import| resolver.resolve(importer, import)).collect()
}

/// Resolves `name` in code of `module`: bound at module level, including through imports, re-exports and star imports,
/// or a builtin. Dependents run again only when this name changes, not when neighbouring imports do.
#[salsa::tracked(returns(clone))]
pub fn head(db: &dyn Db, project: Project, module: ModuleId, name: Name) -> Head {
    let modules = modules(db, project);
    let lookup = QueryLookup { db, modules: &modules };
    let resolver = Resolver { modules: &modules, lookup: &lookup };
    resolver.head(module, &name, &|file| resolved(db, project, file))
}

/// Resolves `module.name`: bound at module level, or a submodule. Builtins are not considered.
pub fn head_member(db: &dyn Db, project: Project, module: ModuleId, name: &str) -> Head {
    let modules = modules(db, project);
    let lookup = QueryLookup { db, modules: &modules };
    let resolver = Resolver { modules: &modules, lookup: &lookup };
    resolver.member(module, name, &|file| resolved(db, project, file))
}

/// Resolves `package.name`, where `package` is a folder without its own file that is visible from `root`.
pub fn namespace_member(db: &dyn Db, project: Project, root: RootId, package: &str, name: &str) -> Head {
    let modules = modules(db, project);
    let lookup = QueryLookup { db, modules: &modules };
    Resolver { modules: &modules, lookup: &lookup }.below(root, package, name)
}

/// Resolves the name that the import `id` of `module` binds, wherever the import is.
pub fn imported(db: &dyn Db, project: Project, module: ModuleId, id: ImportId) -> Head {
    let modules = modules(db, project);
    let lookup = QueryLookup { db, modules: &modules };
    let resolver = Resolver { modules: &modules, lookup: &lookup };
    resolver.imported(module, id, &|file| resolved(db, project, file))
}

/// The edges that leave a file: for each imported module the strongest kind, so that another import of the same module
/// changes nothing.
#[salsa::tracked(returns(clone))]
pub fn edges(db: &dyn Db, project: Project, file: File) -> Arc<[Edge]> {
    edges_of(db, project, file, &python::query::imports(db, file))
}

/// The edges that `file` would have with `imports`, for text that doesn't exist yet.
pub fn edges_of(db: &dyn Db, project: Project, file: File, imports: &Imports) -> Arc<[Edge]> {
    let modules = modules(db, project);
    let Some(importer) = modules.of_file(file) else { return Arc::default() };
    let lookup = QueryLookup { db, modules: &modules };
    let resolver = Resolver { modules: &modules, lookup: &lookup };
    let targets = imports.list.iter().filter_map(|import| {
        let module = resolver.step(importer, import).0.module()?;
        Some((module, EdgeKind::of(import)))
    });
    crate::graph::edges(importer, targets).into()
}

/// The graph over the project's code. Tests, migrations and files outside of packages are no sources of edges, because
/// they are not read.
#[salsa::tracked(returns(clone))]
pub fn graph(db: &dyn Db, project: Project) -> Arc<Graph> {
    let modules = modules(db, project);
    let outgoing = modules.map(|_, module| {
        if module.has_edges() {
            edges(db, project, module.file).iter().copied().collect()
        } else {
            Box::default()
        }
    });
    Arc::new(Graph::new(outgoing))
}

/// What a file's contents indicate about its role.
#[salsa::tracked(returns(clone))]
pub fn signals(db: &dyn Db, file: File) -> Arc<Signals> {
    Arc::new(Signals::of(&python::query::module(db, file)))
}

/// The functions of a file that decorators register with external callers.
#[salsa::tracked(returns(clone))]
pub fn hooks(db: &dyn Db, file: File) -> Arc<[Hook]> {
    crate::signals::hooks_of(&python::query::module(db, file), &signals(db, file)).into()
}

/// What a file's contents indicate about its role, reduced to what the layer inference uses. Of unknown names, it only
/// matters whether there are any, and whether one is unknown in the project too. So typing the name of an import letter
/// by letter doesn't run the inference again at each letter.
#[salsa::tracked(returns(clone))]
pub fn signals_seen(db: &dyn Db, project: Project, file: File) -> Arc<Signals> {
    let signals = signals(db, file);
    if signals.others.is_empty() {
        return signals;
    }
    let modules = modules(db, project);
    let unknown = signals.others.iter().any(|name| !modules.knows(name));
    let seen = if unknown { Name::new_static("?") } else { signals.others[0].clone() };
    if *signals.others == [seen.clone()] {
        return signals;
    }
    Arc::new(Signals { others: Box::new([seen]), ..(*signals).clone() })
}

/// The module-level bases and values of a file, as written.
#[salsa::tracked(returns(clone))]
pub fn declared_bases(db: &dyn Db, file: File) -> Arc<DeclaredBases> {
    Arc::new(DeclaredBases::of(&python::query::definitions(db, file)))
}

/// The direct bases of a file's classes.
#[salsa::tracked(returns(clone))]
pub fn bases(db: &dyn Db, project: Project, file: File) -> Arc<[(Name, Vec<Base>)]> {
    let modules = modules(db, project);
    let Some(module) = modules.of_file(file) else { return Arc::default() };
    let lookup = QueryLookup { db, modules: &modules };
    let resolver = Resolver { modules: &modules, lookup: &lookup };
    crate::hierarchy::bases(&resolver, &|module| declared_bases(db, modules[module].file), module).into()
}

/// The ancestors of the project's classes.
#[salsa::tracked(returns(clone))]
pub fn hierarchy(db: &dyn Db, project: Project) -> Arc<ClassHierarchy> {
    let modules = modules(db, project);
    let mut direct = FxHashMap::default();
    for (id, module) in modules.iter().filter(|(_, module)| module.role == PathRole::Code) {
        for (class, bases) in bases(db, project, module.file).iter() {
            direct.insert((id, class.clone()), bases.clone());
        }
    }
    Arc::new(ClassHierarchy::close(&direct))
}

/// The layers and the style.
#[salsa::tracked(returns(clone))]
pub fn layers(db: &dyn Db, project: Project) -> Arc<Layers> {
    let modules = modules(db, project);
    // Tests, migrations and generated files are recognized by their paths: reading their contents would parse them.
    let signals: ByModule<Arc<Signals>> = modules.map(|_, module| match module.role {
        PathRole::Code => signals_seen(db, project, module.file),
        PathRole::Tests | PathRole::Migrations | PathRole::Aside => Arc::default(),
    });
    Arc::new(crate::layers::infer(&crate::layers::Source {
        root: project.root(db),
        modules: &modules,
        graph: &graph(db, project),
        hierarchy: &hierarchy(db, project),
        configs: project.configs(db),
        signals: &signals,
    }))
}

/// The number of names imported by each edge of a file: the cost of cutting it. Queried only for modules in cycles, so
/// that importing one more name from a module has no other effect.
#[salsa::tracked(returns(clone))]
pub fn edge_weights(db: &dyn Db, project: Project, file: File) -> Arc<[(ModuleId, u32)]> {
    let modules = modules(db, project);
    let Some(importer) = modules.of_file(file) else { return Arc::default() };
    let lookup = QueryLookup { db, modules: &modules };
    let resolver = Resolver { modules: &modules, lookup: &lookup };
    let imports = python::query::imports(db, file);
    let targets = imports.list.iter().filter_map(|import| resolver.step(importer, import).0.module());
    let mut counts: BTreeMap<ModuleId, u32> = BTreeMap::new();
    for target in targets {
        *counts.entry(target).or_default() += 1;
    }
    counts.into_iter().collect()
}

/// The cycles.
#[salsa::tracked(returns(clone))]
pub fn cycles(db: &dyn Db, project: Project) -> Arc<Cycles> {
    let modules = modules(db, project);
    let weight = |from: ModuleId, to: ModuleId| {
        let weights = edge_weights(db, project, modules[from].file);
        weights.binary_search_by_key(&to, |(to, _)| *to).map_or(1, |index| weights[index].1)
    };
    Arc::new(crate::cycles::find(&graph(db, project), &weight))
}

/// The modules whose import executes `module`, including itself. Changes only when the graph does, because it is
/// queried at each keystroke.
#[salsa::tracked(returns(clone))]
fn runners(db: &dyn Db, project: Project, module: ModuleId) -> Arc<FxHashSet<ModuleId>> {
    Arc::new(crate::cycles::runners(&graph(db, project), &modules(db, project), module))
}

/// Whether an import of `to` in `from`, which doesn't exist yet at import time, would close a cycle at import time.
/// Like [`crate::closes_cycle`], without the cycle itself: cheap enough to be called for many modules.
pub fn would_close_cycle(db: &dyn Db, project: Project, from: ModuleId, to: ModuleId) -> bool {
    if graph(db, project).edge(from, to) == Some(EdgeKind::Import) {
        return false;
    }
    let (runners, modules) = (runners(db, project, from), modules(db, project));
    let is_run = |package: &ModuleId| {
        !crate::cycles::is_running(&modules, from, *package) && runners.contains(package)
    };
    runners.contains(&to) || modules.packages_around(to).iter().any(is_run)
}

/// The route registrations in a file. Changes only when a registration or a decorator does.
#[salsa::tracked(returns(clone))]
pub fn route_facts(db: &dyn Db, file: File) -> Arc<RouteFacts> {
    Arc::new(RouteFacts::of(&python::query::module(db, file)))
}

/// The routes of the project. Reads route facts of files, and signatures in files that have any.
#[salsa::tracked(returns(clone))]
pub fn routes(db: &dyn Db, project: Project) -> Arc<Routes> {
    let modules = modules(db, project);
    let lookup = QueryLookup { db, modules: &modules };
    Arc::new(crate::routes::collect(&crate::routes::Names {
        resolver: Resolver { modules: &modules, lookup: &lookup },
        definitions: &|module| python::query::definitions(db, modules[module].file),
        facts: &|module| route_facts(db, modules[module].file),
        hierarchy: &hierarchy(db, project),
        depth: std::cell::Cell::new(0),
        is_tracing: std::cell::Cell::new(false),
    }))
}

/// All of the above, for rules and the editor.
#[salsa::tracked(returns(clone))]
pub fn architecture(db: &dyn Db, project: Project) -> Arc<Architecture> {
    Arc::new(Architecture {
        modules: modules(db, project),
        graph: graph(db, project),
        layers: layers(db, project),
        cycles: cycles(db, project),
        hierarchy: hierarchy(db, project),
    })
}
