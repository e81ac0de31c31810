//! The files whose findings may differ because some files have changed.
//!
//! An upper bound by dependence: the findings of a file depend on the file, on its imports (direct or indirect), and on
//! four things that affect it against the direction of imports: classes that implement a port it uses, entities that
//! put a reverse accessor on an entity it uses, routers that include its handlers, and callers of functions that run
//! queries (how these are reached decides their level). Inference over the project as a whole (the style, a layer
//! inferred from neighbours, a method that only one class of the project has) is not followed: such a change shows in a
//! full run.

use std::collections::BTreeSet;

use camino::{Utf8Path, Utf8PathBuf};
use flow::FunctionRef;
use model::{Architecture, ByModule, ClassRef, ModuleId, Project};
use python::{FunctionId, Scope};

use crate::{Database, Snapshot};

/// Files whose findings may differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Affected {
    /// All of them, because this configuration file has changed.
    Everything(Utf8PathBuf),
    /// These; absolute.
    Files(BTreeSet<Utf8PathBuf>),
}

impl Affected {
    /// Whether the file at `path` is among them.
    pub fn holds(&self, path: &Utf8Path) -> bool {
        match self {
            Affected::Everything(_) => true,
            Affected::Files(files) => files.contains(path),
        }
    }
}

impl Snapshot {
    /// The files whose findings may differ because the files at `changed` (absolute) have changed, or were added or
    /// removed.
    pub fn affected(&self, changed: &[Utf8PathBuf]) -> Affected {
        if let Some(path) = changed.iter().find(|path| configures(path)) {
            return Affected::Everything(path.clone());
        }
        let changed: BTreeSet<&Utf8Path> = changed.iter().map(Utf8PathBuf::as_path).collect();
        let mut files = BTreeSet::new();
        for project in self.projects() {
            let root = project.root(self.db());
            let walk = Walk { db: self.db(), project: *project, architecture: self.architecture(*project) };
            let modules = &walk.architecture.modules;
            let is_changed = |id: &ModuleId| changed.contains(root.join(&modules[*id].path).as_path());
            let mut seeds: BTreeSet<ModuleId> = modules.iter().map(|(id, _)| id).filter(is_changed).collect();
            if changed.iter().any(|path| is_gone(self, *project, path)) {
                seeds.extend(walk.missing_something());
            }
            let reached = walk.close(seeds);
            files.extend(reached.into_iter().map(|id| root.join(&modules[id].path)));
        }
        // Including those that are not modules.
        let own = changed.iter().filter(|path| self.project_of(path).is_some());
        files.extend(own.map(|path| (*path).to_owned()));
        Affected::Files(files)
    }
}

/// Whether a file configures which files are checked, or how.
fn configures(path: &Utf8Path) -> bool {
    config::kind_of(path).is_some() || matches!(path.file_name(), Some("setup.py" | ".gitignore"))
}

/// Whether there was a module at `path`.
fn is_gone(snapshot: &Snapshot, project: Project, path: &Utf8Path) -> bool {
    matches!(path.extension(), Some("py" | "pyi"))
        && path.starts_with(project.root(snapshot.db()))
        && snapshot.project_of(path).is_none()
}

struct Walk<'a> {
    db: &'a Database,
    project: Project,
    architecture: std::sync::Arc<Architecture>,
}

impl Walk<'_> {
    /// Modules with an import that doesn't resolve: its target may have been removed.
    fn missing_something(&self) -> Vec<ModuleId> {
        let modules = self.architecture.modules.iter();
        let misses = |id: &ModuleId| {
            let file = self.architecture.modules[*id].file;
            let resolved = model::query::resolved(self.db, self.project, file);
            resolved
                .iter()
                .any(|it| matches!(it.target, model::Target::Missing(_) | model::Target::Namespace(_)))
        };
        modules.map(|(id, _)| id).filter(misses).collect()
    }

    /// `seeds`, what they affect against the direction of imports, and everything that imports any of those.
    fn close(&self, seeds: BTreeSet<ModuleId>) -> BTreeSet<ModuleId> {
        let importers = self.importers();
        let against: Vec<ModuleId> = seeds.iter().flat_map(|seed| self.against(*seed)).collect();
        let handlers = self.handlers_below(&seeds);
        let mut reached = seeds;
        reached.extend(against);
        let mut queue: Vec<ModuleId> = reached.iter().copied().collect();
        while let Some(id) = queue.pop() {
            for importer in &importers[id] {
                if reached.insert(*importer) {
                    queue.push(*importer);
                }
            }
        }
        // Neither including a router nor calling a function makes anything depend on the handler or the function.
        let called = self.queries_below(&reached);
        reached.extend(handlers);
        reached.extend(called);
        reached
    }

    /// The modules of functions with problematic queries that these modules call, directly or indirectly.
    fn queries_below(&self, modules: &BTreeSet<ModuleId>) -> BTreeSet<ModuleId> {
        let all = modules.iter().flat_map(|module| {
            let definitions = python::query::definitions(self.db, self.architecture.modules[*module].file);
            let count = u32::try_from(definitions.functions.len()).unwrap_or(u32::MAX);
            (0..count).map(|index| FunctionRef { module: *module, function: FunctionId(index) })
        });
        let mut queue: Vec<FunctionRef> = all.collect();
        let mut seen: BTreeSet<FunctionRef> = queue.iter().copied().collect();
        let mut found = BTreeSet::new();
        while let Some(FunctionRef { module, function }) = queue.pop() {
            for called in flow::query::leads_to(self.db, self.project, module, function).iter() {
                if !seen.insert(*called) {
                    continue;
                }
                queue.push(*called);
                let known = flow::query::analysis(self.db, self.project, called.module, called.function);
                if !known.problems.is_empty() {
                    found.insert(called.module);
                }
            }
        }
        found
    }

    /// The modules of handlers that modules with routes among `seeds` import, directly or indirectly: including a
    /// router decides its prefix and who may call it.
    fn handlers_below(&self, seeds: &BTreeSet<ModuleId>) -> Vec<ModuleId> {
        let modules = &self.architecture.modules;
        let registers =
            |id: &ModuleId| !model::query::route_facts(self.db, modules[*id].file).items.is_empty();
        let mut queue: Vec<ModuleId> = seeds.iter().copied().filter(registers).collect();
        let mut below: BTreeSet<ModuleId> = queue.iter().copied().collect();
        if queue.is_empty() {
            return Vec::new();
        }
        while let Some(id) = queue.pop() {
            let imported = self.architecture.graph.imports(id).iter().map(|edge| edge.to);
            queue.extend(imported.filter(|to| below.insert(*to)));
        }
        let routes = model::query::routes(self.db, self.project);
        routes.list.iter().map(|route| route.handler.module).filter(|module| below.contains(module)).collect()
    }

    /// The importers of each module of any kind, including tests, which the graph leaves out; and the packages that a
    /// name passes through, whose `__init__` decides what it is.
    fn importers(&self) -> ByModule<BTreeSet<ModuleId>> {
        let modules = &self.architecture.modules;
        let mut importers = modules.map(|_, _| BTreeSet::new());
        for (id, info) in modules.iter() {
            for resolved in model::query::resolved(self.db, self.project, info.file).iter() {
                let direct = match &resolved.target {
                    model::Target::Module(module) => vec![*module],
                    model::Target::Symbol { module, origin, .. } => vec![*module, *origin],
                    _ => Vec::new(),
                };
                for module in direct.into_iter().chain(resolved.via.iter().copied()) {
                    importers[module].insert(id);
                }
            }
        }
        importers
    }

    /// Modules whose users are affected by `id` without importing it.
    fn against(&self, id: ModuleId) -> Vec<ModuleId> {
        let file = self.architecture.modules[id].file;
        let definitions = python::query::definitions(self.db, file);
        let mut found = Vec::new();
        let heads = definitions.classes().filter(|(_, class)| class.scope == Scope::Module);
        for (_, definition) in heads {
            let class = ClassRef::new(id, definition.name.clone());
            let adapted = model::query::ports_of(self.db, self.project, class.clone());
            let adapters = model::query::adapters(self.db, self.project, class.clone());
            found.extend(adapted.iter().chain(adapters.iter()).map(|adapter| adapter.class.module));
            if let Some(entity) = model::query::entity(self.db, self.project, id, class.name.clone()) {
                let linked = entity.members.values().filter_map(|member| match member {
                    model::Member::Relationship(relationship) => relationship.target.as_ref(),
                    _ => None,
                });
                found.extend(linked.map(|target| target.module));
            }
        }
        found
    }
}
