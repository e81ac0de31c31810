//! The sibling parts of one package: which have cyclic imports, and which are hubs.

use ide::architecture::Architecture;
use serde::Serialize;

use super::links::{Links, runs};
use super::plan::{self, Plan};
use super::tree::{Part, Tree};
use crate::graph::{Edge, Graph, Kind, Node, Verdict};

/// The minimum number of parts for a package to have a hub.
const MIN_PARTS: usize = 8;

/// The parts of one package.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Level {
    /// The package.
    pub package: String,
    /// Its parts: packages and modules directly in it.
    pub parts: usize,
    /// Imports between them.
    pub imports: usize,
    /// Parts with cyclic imports.
    pub groups: Vec<Group>,
    /// Parts in cycles that at least half of the others import.
    pub hubs: Vec<Hub>,
    /// The graph, for further analysis.
    #[serde(skip)]
    pub(super) edges: Vec<(String, String, usize)>,
}

/// Parts with cyclic imports.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Group {
    /// Their names.
    pub members: Vec<String>,
    /// Imports between them.
    pub imports: usize,
    /// How to break the cycles.
    pub plan: Plan,
}

/// A part in a cycle that at least half of the others import.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Hub {
    /// Its name.
    pub name: String,
    /// How many parts import it.
    pub imported_by: usize,
    /// How many it imports.
    pub imports: usize,
}

/// The parts of each package that has several, outermost first.
pub(super) fn links(architecture: &Architecture, tree: &Tree) -> Vec<(usize, Links)> {
    let parts = tree.parts(architecture.folders.len());
    let name = |part: &Part| match part {
        Part::Folder(index) => architecture.folders[*index as usize].name.clone(),
        Part::Module(index) => architecture.modules[*index as usize].name.clone(),
    };
    let mut links: Vec<Links> = parts
        .iter()
        .map(|parts| Links { names: parts.iter().map(name).collect(), ..Links::default() })
        .collect();
    for (index, import) in architecture.imports.iter().enumerate().filter(|(_, import)| runs(import)) {
        let Some((folder, from, to)) = tree.parting(import.from, import.to) else { continue };
        let place = |part: &Part| parts[folder as usize].binary_search(part).ok().map(|place| place as u32);
        if let (Some(from), Some(to)) = (place(&from), place(&to)) {
            links[folder as usize].edges.entry((from, to)).or_default().push(index as u32);
        }
    }
    links.into_iter().enumerate().filter(|(_, links)| links.names.len() > 1).collect()
}

pub(super) fn levels(architecture: &Architecture, tree: &Tree) -> Vec<Level> {
    let all = links(architecture, tree).into_iter();
    all.map(|(folder, links)| level(architecture, folder, &links)).collect()
}

fn level(architecture: &Architecture, folder: usize, links: &Links) -> Level {
    let count = links.names.len();
    let groups = model::strong_groups(count, &links.pairs());
    let name = |node: u32| links.names[node as usize].clone();
    let mut edges: Vec<(String, String, usize)> =
        links.edges.iter().map(|((from, to), list)| (name(*from), name(*to), list.len())).collect();
    edges.sort();
    Level {
        package: architecture.folders[folder].name.clone(),
        parts: count,
        imports: links.edges.values().map(Vec::len).sum(),
        groups: groups.iter().map(|nodes| group(architecture, &links.within(nodes))).collect(),
        hubs: hubs(links),
        edges,
    }
}

fn group(architecture: &Architecture, links: &Links) -> Group {
    let cuts = model::cheapest_cuts(links.names.len(), &links.weighted(architecture));
    Group {
        members: links.names.clone(),
        imports: links.edges.values().map(Vec::len).sum(),
        plan: plan::staged(architecture, links, &cuts),
    }
}

/// Parts in cycles that at least half of the others import.
pub fn hubs(links: &Links) -> Vec<Hub> {
    let count = links.names.len();
    if count < MIN_PARTS {
        return Vec::new();
    }
    let (mut into, mut out) = (vec![0_usize; count], vec![0_usize; count]);
    for (from, to) in links.edges.keys() {
        out[*from as usize] += 1;
        into[*to as usize] += 1;
    }
    let mut hubs: Vec<Hub> = (0..count)
        .filter(|node| into[*node] * 2 >= count - 1)
        .map(|node| Hub { name: links.names[node].clone(), imported_by: into[node], imports: out[node] })
        .collect();
    // A hub outside cycles is a foundation, which is fine.
    let groups = model::strong_groups(count, &links.pairs());
    let in_cycle = |name: &String| groups.iter().flatten().any(|node| links.names[*node as usize] == *name);
    hubs.retain(|hub| in_cycle(&hub.name));
    hubs.sort_by(|left, right| {
        right.imported_by.cmp(&left.imported_by).then_with(|| left.name.cmp(&right.name))
    });
    hubs
}

/// The parts as boxes, with cyclic imports marked.
pub(super) fn drawing(architecture: &Architecture, folder: usize, links: &Links) -> Graph {
    let count = links.names.len();
    let cuts = model::cheapest_cuts(count, &links.weighted(architecture));
    let boxes = links.names.iter().map(|name| Node {
        key: name.clone(),
        title: name.rsplit('.').next().unwrap_or(name).to_owned(),
        kind: Kind::Package,
        ..Node::default()
    });
    let edges = links.edges.iter().map(|((from, to), list)| Edge {
        from: *from as usize,
        to: *to as usize,
        label: (list.len() > 1).then(|| list.len().to_string()),
        verdict: if cuts.contains(&(*from, *to)) { Verdict::Cycle } else { Verdict::Fine },
        imports: list.iter().map(|index| super::import(architecture, *index)).collect(),
    });
    let marks = "Marked arrows are imports to change: without them, there is no cycle.";
    let graph = Graph {
        left_out: if cuts.is_empty() { Vec::new() } else { vec![marks.to_owned()] },
        title: format!("Imports between the parts of {}", architecture.folders[folder].name),
        boxes: boxes.collect(),
        edges: edges.collect(),
        ..Graph::default()
    };
    graph.limited(crate::graph::MOST_BOXES, crate::graph::MOST_EDGES)
}
