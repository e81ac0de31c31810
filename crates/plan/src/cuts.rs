//! Which dependencies to remove so that no cycle is left: an order of the parts of each package in which few point
//! backwards.

use std::collections::{BTreeMap, BTreeSet};

use report::deps::{self, Links};

use crate::facts::Pair;
use crate::graph::Graph;

/// Dependencies of one part of a package on another that point backwards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Arrow {
    /// The package of the parts; `None` for two modules of which one is the `__init__` around the other.
    pub package: Option<String>,
    /// The importing part.
    pub from: String,
    /// The imported part.
    pub to: String,
    /// The dependencies behind it.
    pub pairs: Vec<Pair>,
}

/// The cost of removing a dependency.
pub(crate) type Cost<'c> = &'c dyn Fn(Pair) -> u32;

/// The arrows whose removal breaks all cycles, from the outermost package inwards.
pub(crate) fn arrows(graph: &Graph, cost: Cost<'_>) -> Vec<Arrow> {
    let mut rest = graph.clone();
    let mut all = Vec::new();
    for (folder, links) in deps::parts(graph.architecture()) {
        let found = of_package(graph, folder, &links, cost);
        rest.remove(&found.iter().flat_map(|arrow| arrow.pairs.iter().copied()).collect());
        all.extend(found);
    }
    let modules = graph.architecture().modules.len();
    let weighted: Vec<(u32, u32, u32)> =
        rest.pairs().into_iter().map(|pair| (pair.0, pair.1, cost(pair))).collect();
    let name = |module: u32| graph.architecture().modules[module as usize].name.clone();
    for (from, to) in model::cheapest_cuts(modules, &weighted) {
        all.push(Arrow { package: None, from: name(from), to: name(to), pairs: vec![(from, to)] });
    }
    all
}

/// Their total cost.
pub(crate) fn cost_of(arrows: &[Arrow], cost: Cost<'_>) -> u32 {
    arrows.iter().flat_map(|arrow| &arrow.pairs).map(|pair| cost(*pair)).sum()
}

fn of_package(graph: &Graph, folder: usize, links: &Links, cost: Cost<'_>) -> Vec<Arrow> {
    let count = links.names.len();
    let edges = links.pairs();
    let groups = model::strong_groups(count, &edges);
    if groups.is_empty() {
        return Vec::new();
    }
    let behind = pairs_behind(graph, links);
    let weighted: Vec<(u32, u32, u32)> = behind
        .iter()
        .map(|((from, to), pairs)| (*from, *to, pairs.iter().map(|pair| cost(*pair)).sum()))
        .collect();
    let package = graph.architecture().folders[folder].name.clone();
    model::cheapest_cuts(count, &weighted)
        .into_iter()
        .map(|(from, to)| Arrow {
            package: Some(package.clone()),
            from: links.names[from as usize].clone(),
            to: links.names[to as usize].clone(),
            pairs: behind.get(&(from, to)).into_iter().flatten().copied().collect(),
        })
        .collect()
}

/// The module dependencies behind each arrow between parts.
pub(crate) fn pairs_behind(graph: &Graph, links: &Links) -> BTreeMap<(u32, u32), BTreeSet<Pair>> {
    let pair = |index: &u32| {
        let import = &graph.architecture().imports[*index as usize];
        (import.from, import.to)
    };
    links.edges.iter().map(|(edge, imports)| (*edge, imports.iter().map(pair).collect())).collect()
}
