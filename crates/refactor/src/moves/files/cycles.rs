//! Whether moving files closes a cycle at import time: importing a module runs its parent packages, and those change
//! with its place.

use camino::{Utf8Path, Utf8PathBuf};
use model::{Edge, EdgeKind, Graph, ModuleId, Modules};
use rustc_hash::FxHashMap;

use crate::moves::after::moved;

/// The imports that run before and after the move.
struct Runs<'m> {
    modules: &'m Modules,
    moves: &'m [(Utf8PathBuf, Utf8PathBuf)],
    /// Regular packages by their folder after the move.
    packages: FxHashMap<Utf8PathBuf, ModuleId>,
}

/// The modules of a cycle that the moves (old and new paths, relative to the project's root) close.
pub(super) fn closed(
    modules: &Modules,
    graph: &Graph,
    moves: &[(Utf8PathBuf, Utf8PathBuf)],
) -> Option<Vec<ModuleId>> {
    fresh_runs(modules, graph, moves)
        .into_iter()
        .find_map(|(importer, package)| model::closes_cycle(graph, modules, importer, package))
}

/// The graph with the packages that additionally run afterwards.
pub(super) fn afterwards(modules: &Modules, graph: &Graph, moves: &[(Utf8PathBuf, Utf8PathBuf)]) -> Graph {
    let mut changed: FxHashMap<ModuleId, Vec<Edge>> = FxHashMap::default();
    for (importer, package) in fresh_runs(modules, graph, moves) {
        let edges = changed.entry(importer).or_insert_with(|| graph.imports(importer).to_vec());
        edges.retain(|edge| edge.to != package);
        edges.push(Edge { to: package, kind: EdgeKind::Import });
        edges.sort_unstable();
    }
    graph.with_edges(changed.into_iter().map(|(id, edges)| (id, edges.into())))
}

/// Each module that now runs another package before its imports, with that package.
fn fresh_runs(
    modules: &Modules,
    graph: &Graph,
    moves: &[(Utf8PathBuf, Utf8PathBuf)],
) -> Vec<(ModuleId, ModuleId)> {
    let mut it = Runs { modules, moves, packages: FxHashMap::default() };
    for (id, info) in modules.iter().filter(|(_, info)| info.is_package) {
        if let Some(folder) = it.place(id).parent() {
            // A stub beside its source isn't run.
            if info.path.extension() == Some("py") {
                it.packages.insert(folder.to_owned(), id);
            }
        }
    }
    let mut fresh = Vec::new();
    for (importer, info) in modules.iter().filter(|(_, info)| info.has_edges()) {
        let goes = moved(moves, &info.path).is_some();
        for edge in graph.imports(importer).iter().filter(|edge| edge.kind == EdgeKind::Import) {
            if !goes && moved(moves, &modules[edge.to].path).is_none() {
                continue;
            }
            let before = it.before(importer, edge.to);
            let after = it.after(importer, edge.to);
            let new = after.into_iter().filter(|package| !before.contains(package) && *package != edge.to);
            fresh.extend(new.map(|package| (importer, package)));
        }
    }
    fresh
}

impl Runs<'_> {
    /// The place of a module afterwards.
    fn place(&self, id: ModuleId) -> Utf8PathBuf {
        let path = &self.modules[id].path;
        moved(self.moves, path).unwrap_or_else(|| path.clone())
    }

    /// The packages that an import runs before the move.
    fn before(&self, importer: ModuleId, imported: ModuleId) -> Vec<ModuleId> {
        let path = &self.modules[importer].path;
        let around = self.modules.packages_around(imported);
        around.into_iter().filter(|package| !is_inside(path, &self.modules[*package].path)).collect()
    }

    /// Those that it runs afterwards.
    fn after(&self, importer: ModuleId, imported: ModuleId) -> Vec<ModuleId> {
        let (from, to) = (self.place(importer), self.place(imported));
        let own = if self.modules[imported].is_package { 2 } else { 1 };
        let root = self.modules.roots.get(self.modules[imported].root.0 as usize);
        let folders = to.ancestors().skip(own).take_while(|folder| root.is_none_or(|it| *folder != it.path));
        folders
            .filter_map(|folder| self.packages.get(folder))
            .copied()
            .filter(|package| !is_inside(&from, &self.place(*package)))
            .collect()
    }
}

/// Whether a file is in the package of an `__init__`, or is that `__init__`.
fn is_inside(path: &Utf8Path, init: &Utf8Path) -> bool {
    init.parent().is_some_and(|folder| path.starts_with(folder))
}
