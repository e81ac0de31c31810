//! Strongly connected components, and the representation of a single component as a small graph.

use petgraph::graph::{DiGraph, NodeIndex};

use crate::{EdgeKind, Graph, ModuleId};

/// The strongly connected components of more than one node, each sorted, ordered by first node.
///
/// Kosaraju's algorithm rather than Tarjan's: petgraph implements it with an explicit stack, and a chain of 20,000
/// modules must not cause a stack overflow.
pub(crate) fn components<I>(count: usize, edges: impl Iterator<Item = I>) -> Vec<Vec<u32>>
where
    I: Iterator<Item = u32>,
{
    let mut graph: DiGraph<(), ()> = DiGraph::with_capacity(count, count * 4);
    for _ in 0..count {
        graph.add_node(());
    }
    for (from, targets) in edges.enumerate() {
        for to in targets.filter(|to| (*to as usize) < count) {
            graph.add_edge(NodeIndex::new(from), NodeIndex::new(to as usize), ());
        }
    }
    let mut components: Vec<Vec<u32>> = petgraph::algo::kosaraju_scc(&graph)
        .into_iter()
        .filter(|nodes| nodes.len() > 1)
        .map(|nodes| {
            let mut nodes: Vec<u32> = nodes.into_iter().map(|node| node.index() as u32).collect();
            nodes.sort_unstable();
            nodes
        })
        .collect();
    components.sort_unstable();
    components
}

/// An edge inside a component.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct LocalEdge {
    pub(crate) to: u32,
    pub(crate) kind: EdgeKind,
    pub(crate) weight: u32,
}

/// One component, with nodes numbered from zero in the order of its modules.
#[derive(Debug, Default)]
pub(crate) struct Local {
    pub(crate) edges: Vec<Vec<LocalEdge>>,
}

impl Local {
    /// The component consisting of these sorted modules, with the edges at least as strong as `at_least`.
    pub(crate) fn new(
        graph: &Graph,
        modules: &[ModuleId],
        at_least: EdgeKind,
        weight: &dyn Fn(ModuleId, ModuleId) -> u32,
    ) -> Self {
        let edges = modules.iter().map(|from| {
            let inner = graph.imports(*from).iter().filter(|edge| edge.kind >= at_least);
            inner
                .filter_map(|edge| {
                    let to = modules.binary_search(&edge.to).ok()? as u32;
                    Some(LocalEdge { to, kind: edge.kind, weight: weight(*from, edge.to).max(1) })
                })
                .collect()
        });
        Self { edges: edges.collect() }
    }

    /// All edges, in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (u32, LocalEdge)> {
        let numbered = self.edges.iter().enumerate();
        numbered.flat_map(|(from, edges)| edges.iter().map(move |edge| (from as u32, *edge)))
    }
}
