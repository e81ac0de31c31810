//! Import cycles between modules: strongly connected components, shortest cycles, cheapest cuts.
//!
//! Two graphs are considered. The imports that run at import time decide whether a program can start. With imports
//! inside functions included, a cycle is a matter of design. Type-only and dynamic imports close no cycle, nor does the
//! implicit edge to a parent package, because with it nearly every re-exporting `__init__` would be cyclic. Nothing
//! here recurses, and all of it is near linear: real products have components of thousands of modules.

mod component;
mod cut;
mod insertion;
mod runners;
mod shortest;
mod siblings;
#[cfg(test)]
mod tests;

use crate::{ByModule, EdgeKind, Graph, ModuleId};
pub(crate) use runners::{is_running, runners};
pub use shortest::{closes_cycle, shortest_through};
pub use siblings::{SiblingCycle, sibling_cycles};

/// A strongly connected component of more than one module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Component {
    /// Sorted.
    pub modules: Box<[ModuleId]>,
    /// A shortest cycle through it, beginning with the module whose import closes it: each module imports the next, the
    /// last one the first. If the cycle needs imports inside functions, the closing import is one of them.
    pub shortest: Box<[ModuleId]>,
    /// Whether imports that run at import time suffice to close it; otherwise it needs imports inside functions.
    pub at_import_time: bool,
    /// A small set of edges (importer, imported) whose removal breaks all cycles, cheapest first.
    pub cuts: Box<[(ModuleId, ModuleId)]>,
}

/// All components: those closed at import time, and those that only imports inside functions close. A component closed
/// at import time may be part of a larger one that isn't.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Cycles {
    /// Sorted by first module.
    pub components: Vec<Component>,
}

impl Cycles {
    /// The components that `module` belongs to.
    pub fn of(&self, module: ModuleId) -> impl Iterator<Item = &Component> {
        self.components.iter().filter(move |component| component.modules.binary_search(&module).is_ok())
    }
}

/// The strongly connected components of the edges at least as strong as `at_least`, each sorted, ordered by first
/// module.
pub(crate) fn strong(graph: &Graph, at_least: EdgeKind) -> Vec<Vec<ModuleId>> {
    strong_components(&graph.outgoing.map(|edges| {
        edges.iter().filter(|edge| edge.kind >= at_least).map(|edge| edge.to).collect::<Vec<_>>()
    }))
}

/// The strongly connected components of more than one module in any graph over a project's modules, given by the
/// targets of each module; sorted.
pub fn strong_components(targets: &ByModule<Vec<ModuleId>>) -> Vec<Vec<ModuleId>> {
    let positions = targets.values().iter().map(|targets_of| {
        targets_of.iter().filter_map(|module| targets.position(*module)).map(|position| position as u32)
    });
    let components = component::components(targets.len(), positions);
    let module = |position: u32| targets.ids()[position as usize];
    components.into_iter().map(|positions| positions.into_iter().map(module).collect()).collect()
}

/// The strongly connected components of more than one node in a graph of `count` nodes, given by its edges; sorted.
pub fn strong_groups(count: usize, edges: &[(u32, u32)]) -> Vec<Vec<u32>> {
    let mut targets: Vec<Vec<u32>> = vec![Vec::new(); count];
    for (from, to) in edges {
        if let Some(targets) = targets.get_mut(*from as usize) {
            targets.push(*to);
        }
    }
    component::components(count, targets.iter().map(|targets| targets.iter().copied()))
}

/// A small set of edges of low weight whose removal makes a graph of `count` nodes acyclic, cheapest first. Edges are
/// (from, to, weight), each pair at most once, without self-loops.
pub fn cheapest_cuts(count: usize, edges: &[(u32, u32, u32)]) -> Vec<(u32, u32)> {
    let mut graph = component::Local { edges: vec![Vec::new(); count] };
    for (from, to, weight) in edges.iter().filter(|(from, to, _)| from != to && (*to as usize) < count) {
        if let Some(edges) = graph.edges.get_mut(*from as usize) {
            edges.push(component::LocalEdge { to: *to, kind: EdgeKind::Import, weight: (*weight).max(1) });
        }
    }
    for edges in &mut graph.edges {
        edges.sort_unstable_by_key(|edge| edge.to);
    }
    cut::cuts(&graph)
}

/// The components among these sorted modules that are closed at import time.
fn within(graph: &Graph, modules: &[ModuleId]) -> Vec<Vec<ModuleId>> {
    let local = component::Local::new(graph, modules, EdgeKind::Import, &|_, _| 1);
    let targets = local.edges.iter().map(|edges| edges.iter().map(|edge| edge.to));
    let found = component::components(modules.len(), targets);
    found.into_iter().map(|ids| ids.into_iter().map(|index| modules[index as usize]).collect()).collect()
}

/// All components of `graph`. `weight` returns the cost of cutting an edge, such as the number of imported names; it is
/// called only for edges inside components.
pub(crate) fn find(graph: &Graph, weight: &dyn Fn(ModuleId, ModuleId) -> u32) -> Cycles {
    let all = strong(graph, EdgeKind::Deferred);
    // A component closed at import time is part of a component of the full graph, so only those are searched.
    let at_import_time: Vec<Vec<ModuleId>> = all.iter().flat_map(|modules| within(graph, modules)).collect();
    let is_deferred_only = |modules: &&Vec<ModuleId>| !at_import_time.contains(modules);
    let deferred = all.iter().filter(is_deferred_only).map(|modules| (modules, EdgeKind::Deferred));
    let mut components: Vec<Component> = at_import_time
        .iter()
        .map(|modules| (modules, EdgeKind::Import))
        .chain(deferred)
        .map(|(modules, at_least)| describe(graph, modules, at_least, weight))
        .collect();
    components.sort_by(|left, right| {
        (left.modules[0], !left.at_import_time).cmp(&(right.modules[0], !right.at_import_time))
    });
    Cycles { components }
}

fn describe(
    graph: &Graph,
    modules: &[ModuleId],
    at_least: EdgeKind,
    weight: &dyn Fn(ModuleId, ModuleId) -> u32,
) -> Component {
    let local = component::Local::new(graph, modules, at_least, weight);
    let cuts = cut::cuts(&local);
    let shortest = shortest::shortest(&local, at_least, &cuts);
    let global = |index: &u32| modules[*index as usize];
    Component {
        modules: modules.into(),
        shortest: shortest.iter().map(global).collect(),
        at_import_time: at_least == EdgeKind::Import,
        cuts: cuts.iter().map(|(from, to)| (global(from), global(to))).collect(),
    }
}
