//! A small graph with names, and the imports behind each arrow.

use std::collections::BTreeMap;

use ide::architecture::{Architecture, Import, ImportTime};

/// Nodes by number, and the imports (by index in the architecture) from one to another.
#[derive(Debug, Default)]
pub struct Links {
    /// The name of each node.
    pub names: Vec<String>,
    /// The imports from one node to another.
    pub edges: BTreeMap<(u32, u32), Vec<u32>>,
}

impl Links {
    /// The modules `ids` (sorted), numbered from zero, with the imports between them that `counts` accepts.
    pub(super) fn of_modules(
        architecture: &Architecture,
        ids: &[u32],
        counts: impl Fn(&Import) -> bool,
    ) -> Self {
        let names = ids.iter().map(|id| architecture.modules[*id as usize].name.clone()).collect();
        let mut links = Self { names, edges: BTreeMap::new() };
        let place = |id: u32| ids.binary_search(&id).ok().map(|place| place as u32);
        for (index, import) in architecture.imports.iter().enumerate().filter(|(_, import)| counts(import)) {
            if let (Some(from), Some(to)) = (place(import.from), place(import.to)) {
                links.edges.entry((from, to)).or_default().push(index as u32);
            }
        }
        links
    }

    /// The subgraph of these nodes (sorted), renumbered from zero.
    pub(super) fn within(&self, nodes: &[u32]) -> Self {
        let place = |node: &u32| nodes.binary_search(node).ok().map(|place| place as u32);
        let edges = self.edges.iter();
        let inner = edges.filter_map(|((from, to), list)| Some(((place(from)?, place(to)?), list.clone())));
        Self {
            edges: inner.collect(),
            names: nodes.iter().map(|node| self.names[*node as usize].clone()).collect(),
        }
    }

    /// Each edge with the cost of removing it: the number of module pairs behind it.
    pub(super) fn weighted(&self, architecture: &Architecture) -> Vec<(u32, u32, u32)> {
        let weight = |imports: &[u32]| {
            let pair = |index: &u32| {
                let import = &architecture.imports[*index as usize];
                (import.from, import.to)
            };
            let pairs: std::collections::BTreeSet<(u32, u32)> = imports.iter().map(pair).collect();
            pairs.len() as u32
        };
        self.edges.iter().map(|((from, to), imports)| (*from, *to, weight(imports))).collect()
    }

    /// The edges without their imports.
    pub fn pairs(&self) -> Vec<(u32, u32)> {
        self.edges.keys().copied().collect()
    }
}

/// Whether an import takes effect where it is: neither for type checkers only nor dynamic.
pub fn runs(import: &Import) -> bool {
    matches!(import.when, ImportTime::Load | ImportTime::Call)
}
