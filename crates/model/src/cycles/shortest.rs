//! Shortest cycles: of a component, through an edge, and the cycle that a new edge would close.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::component::Local;
use super::runners::is_running;
use crate::{EdgeKind, Graph, ModuleId, Modules};

/// The maximum number of steps for one component. The first cycle is always found; a shorter one in a giant component
/// may be missed.
const BUDGET: usize = 500_000;

/// A shortest cycle of a component, beginning with the node whose edge closes it. If the component needs imports inside
/// functions, the cycle contains one of them. `cuts` are the best edges to cut, which are preferred as closing edges.
pub(crate) fn shortest(graph: &Local, at_least: EdgeKind, cuts: &[(u32, u32)]) -> Vec<u32> {
    let cuts: FxHashSet<&(u32, u32)> = cuts.iter().collect();
    let closing = |kind: EdgeKind| at_least == EdgeKind::Import || kind == at_least;
    let mut candidates: Vec<(bool, u32, u32, u32)> = graph
        .iter()
        .filter(|(_, edge)| closing(edge.kind))
        .map(|(from, edge)| (!cuts.contains(&(from, edge.to)), edge.weight, from, edge.to))
        .collect();
    candidates.sort_unstable();
    let mut best: Vec<u32> = Vec::new();
    let mut budget = BUDGET;
    for (_, _, from, to) in candidates {
        let limit = if best.is_empty() { usize::MAX } else { best.len() - 1 };
        if let Some(back) = path(graph, to, from, limit, &mut budget) {
            best = back;
            best.rotate_right(1);
        }
        if best.len() == 2 || (budget == 0 && !best.is_empty()) {
            break;
        }
    }
    best
}

/// A shortest path from `start` to `goal` of at most `limit` nodes, both included.
fn path(graph: &Local, start: u32, goal: u32, limit: usize, budget: &mut usize) -> Option<Vec<u32>> {
    const UNSEEN: u32 = u32::MAX;
    *budget = budget.saturating_sub(graph.edges.len() / 16);
    let mut before = vec![UNSEEN; graph.edges.len()];
    before[start as usize] = start;
    let mut queue = VecDeque::from([(start, 1usize)]);
    while let Some((node, length)) = queue.pop_front() {
        if node == goal {
            let mut way = vec![goal];
            let mut at = goal;
            while at != start {
                at = before[at as usize];
                way.push(at);
            }
            way.reverse();
            return Some(way);
        }
        if length >= limit || (*budget == 0 && limit != usize::MAX) {
            continue;
        }
        for edge in &graph.edges[node as usize] {
            *budget = budget.saturating_sub(1);
            if before[edge.to as usize] == UNSEEN {
                before[edge.to as usize] = node;
                queue.push_back((edge.to, length + 1));
            }
        }
    }
    None
}

/// The shortest cycle that begins with the edge from `from` to `to`, using edges at least as strong as `at_least`: each
/// module imports the next, and the last imports `from`. The edge itself need not exist.
pub fn shortest_through(
    graph: &Graph,
    from: ModuleId,
    to: ModuleId,
    at_least: EdgeKind,
) -> Option<Vec<ModuleId>> {
    let next = |module: ModuleId| {
        graph.imports(module).iter().filter(move |edge| edge.kind >= at_least).map(|edge| edge.to).collect()
    };
    let mut cycle = search(to, |module| module == from, next)?;
    cycle.rotate_right(1);
    Some(cycle)
}

/// The cycle that an import of `to` in `from` would close at import time (hoisted out of a function, or new): each
/// module imports the next, and the last imports `from`.
///
/// Importing `a.b.c` executes `a` and `a.b` first unless they are already being executed, so their imports count too,
/// although they are no edges of the graph. The same holds if the importer itself is such a package: importing a module
/// below it from outside executes it, and would find the original importer half imported. An import from inside the
/// package closes nothing, because the package is already being executed.
pub fn closes_cycle(graph: &Graph, modules: &Modules, from: ModuleId, to: ModuleId) -> Option<Vec<ModuleId>> {
    if from == to {
        return Some(vec![from]);
    }
    let imports = |module: ModuleId| {
        graph.imports(module).iter().filter(|edge| edge.kind == EdgeKind::Import).map(|edge| edge.to)
    };
    // Many modules import the same one.
    let around: RefCell<FxHashMap<ModuleId, Rc<[ModuleId]>>> = RefCell::default();
    let run_by = |importer: ModuleId, imported: ModuleId| -> Vec<ModuleId> {
        let packages = Rc::clone(
            around.borrow_mut().entry(imported).or_insert_with(|| modules.packages_around(imported).into()),
        );
        packages.iter().copied().filter(|package| !is_running(modules, importer, *package)).collect()
    };
    let runs = |module: ModuleId| -> Vec<ModuleId> {
        imports(module)
            .flat_map(|imported| std::iter::once(imported).chain(run_by(module, imported)))
            .collect()
    };
    let starts = std::iter::once(to).chain(run_by(from, to));
    let ends = |module: ModuleId| runs(module).contains(&from);
    let ways = starts.filter_map(|start| search(start, ends, runs));
    let mut cycle = ways.min_by_key(Vec::len)?;
    cycle.insert(0, from);
    Some(cycle)
}

/// A shortest path from `start` to a module that satisfies the goal.
fn search(
    start: ModuleId,
    ends: impl Fn(ModuleId) -> bool,
    next: impl Fn(ModuleId) -> Vec<ModuleId>,
) -> Option<Vec<ModuleId>> {
    let mut before: FxHashMap<ModuleId, ModuleId> = FxHashMap::default();
    let mut seen: FxHashSet<ModuleId> = FxHashSet::from_iter([start]);
    let mut queue = VecDeque::from([start]);
    while let Some(module) = queue.pop_front() {
        if ends(module) {
            let mut way = vec![module];
            while let Some(previous) = before.get(&way[way.len() - 1]) {
                way.push(*previous);
            }
            way.reverse();
            return Some(way);
        }
        for imported in next(module) {
            if seen.insert(imported) {
                before.insert(imported, module);
                queue.push_back(imported);
            }
        }
    }
    None
}
