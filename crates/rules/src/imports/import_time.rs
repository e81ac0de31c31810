//! What an import runs: whether moving it to the head of a module would close a cycle while modules are imported.
//!
//! Beside the edges of the graph this counts the packages around an imported module: importing `a.b` runs `a/__init__`
//! first. The packages around the importer itself are already running by then and don't count.

use std::collections::hash_map::Entry;

use model::{EdgeKind, Graph, ModuleId, Modules};
use rustc_hash::FxHashMap;

use crate::Context;

/// The shortest chain of imports at import time that leads from `start` back to `home`, both included; nothing where
/// `home` could import `start` at its head without closing a cycle.
pub(super) fn way_back(cx: &Context<'_>, start: ModuleId, home: ModuleId) -> Option<Vec<ModuleId>> {
    shortest_way(&cx.architecture.graph, &cx.architecture.modules, start, home)
}

fn shortest_way(graph: &Graph, modules: &Modules, start: ModuleId, home: ModuleId) -> Option<Vec<ModuleId>> {
    if start == home {
        return Some(vec![home]);
    }
    let running = packages_around(modules, home);
    // What runs when a module is imported: the packages around it that are not running yet, and itself.
    let runs = |module: ModuleId| {
        let packages = packages_around(modules, module);
        let new = packages.into_iter().filter(|package| *package != home && !running.contains(package));
        std::iter::once(module).chain(new)
    };
    let mut came_from: FxHashMap<ModuleId, ModuleId> = runs(start).map(|module| (module, start)).collect();
    let mut queue: Vec<ModuleId> = runs(start).collect();
    let mut at = 0;
    while let Some(&module) = queue.get(at) {
        at += 1;
        for edge in graph.imports(module).iter().filter(|edge| edge.kind == EdgeKind::Import) {
            if edge.to == home {
                return Some(retrace(&came_from, module, start, home));
            }
            for next in runs(edge.to) {
                if let Entry::Vacant(entry) = came_from.entry(next) {
                    entry.insert(module);
                    queue.push(next);
                }
            }
        }
    }
    None
}

fn retrace(
    came_from: &FxHashMap<ModuleId, ModuleId>,
    last: ModuleId,
    start: ModuleId,
    home: ModuleId,
) -> Vec<ModuleId> {
    let mut way = vec![home, last];
    let mut at = last;
    while at != start {
        at = came_from[&at];
        way.push(at);
    }
    way.reverse();
    way
}

/// The packages around a module that have a file of their own, innermost first.
fn packages_around(modules: &Modules, module: ModuleId) -> Vec<ModuleId> {
    let info = &modules[module];
    let mut name = info.name.as_str();
    let mut packages = Vec::new();
    while let Some((parent, _)) = name.rsplit_once('.') {
        packages.extend(modules.by_name(parent, info.root).filter(|id| modules[*id].root == info.root));
        name = parent;
    }
    packages
}
