//! The import graph over the project's own code (excluding tests and migrations).

use std::sync::Arc;

use python::{Import, ImportKind};
use rustc_hash::FxHashMap;

use crate::{ByModule, ModuleId};

/// When an import takes effect. Of several imports between two modules, the strongest counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EdgeKind {
    /// Only under `TYPE_CHECKING`.
    TypeChecking,
    /// `import_module` with a literal, in a function or conditionally.
    Dynamic,
    /// Only inside functions, lazily, or under `if __name__ == "__main__":`.
    Deferred,
    /// While the importer is imported.
    Import,
}

/// An edge from the point of view of one module. It contains no import ids, so that inserting a line above changes
/// nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Edge {
    /// The imported module.
    pub to: ModuleId,
    /// When the import takes effect.
    pub kind: EdgeKind,
}

impl EdgeKind {
    /// When an import of this kind takes effect.
    pub fn of(import: &Import) -> Self {
        if import.context.type_checking {
            EdgeKind::TypeChecking
        } else if import.kind == ImportKind::Dynamic
            && (import.context.conditional || !import.context.at_import_time())
        {
            EdgeKind::Dynamic
        } else if import.context.at_import_time() {
            EdgeKind::Import
        } else {
            EdgeKind::Deferred
        }
    }
}

/// The edges of one importer, sorted, derived from its imports in any order. A module has no edge to itself.
pub(crate) fn edges(
    importer: ModuleId,
    imports: impl IntoIterator<Item = (ModuleId, EdgeKind)>,
) -> Vec<Edge> {
    let mut strongest: FxHashMap<ModuleId, EdgeKind> = FxHashMap::default();
    for (to, kind) in imports {
        if to != importer {
            let slot = strongest.entry(to).or_insert(kind);
            *slot = kind.max(*slot);
        }
    }
    let mut edges: Vec<Edge> = strongest.into_iter().map(|(to, kind)| Edge { to, kind }).collect();
    edges.sort_unstable();
    edges
}

/// The graph in both directions, with sorted neighbours.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Graph {
    /// The modules that each module imports.
    pub outgoing: ByModule<Box<[Edge]>>,
    /// The modules that import each module; `to` is the importer.
    pub incoming: ByModule<Box<[Edge]>>,
}

impl Graph {
    /// A graph built from the sorted edges of each module.
    pub fn new(outgoing: ByModule<Box<[Edge]>>) -> Self {
        let mut incoming: ByModule<Vec<Edge>> = outgoing.map(|_| Vec::new());
        for (from, edges) in outgoing.iter() {
            for edge in edges {
                if let Some(importers) = incoming.get_mut(edge.to) {
                    importers.push(Edge { to: from, kind: edge.kind });
                }
            }
        }
        let incoming = ByModule::new(
            Arc::clone(outgoing.ids()),
            incoming.into_values().into_iter().map(Vec::into_boxed_slice),
        );
        Self { outgoing, incoming }
    }

    /// The same graph with the (sorted) edges of some modules replaced.
    #[must_use]
    pub fn with_edges(&self, changed: impl IntoIterator<Item = (ModuleId, Box<[Edge]>)>) -> Self {
        let mut outgoing = self.outgoing.clone();
        for (module, edges) in changed {
            if let Some(slot) = outgoing.get_mut(module) {
                *slot = edges;
            }
        }
        Self::new(outgoing)
    }

    /// How `from` imports `to`, if it does.
    pub fn edge(&self, from: ModuleId, to: ModuleId) -> Option<EdgeKind> {
        let edges = self.imports(from);
        edges.binary_search_by_key(&to, |edge| edge.to).ok().map(|index| edges[index].kind)
    }

    /// The number of modules.
    pub fn len(&self) -> usize {
        self.outgoing.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.outgoing.is_empty()
    }

    /// The modules that `module` imports.
    pub fn imports(&self, module: ModuleId) -> &[Edge] {
        self.outgoing.get(module).map_or(&[], |edges| edges)
    }

    /// The modules that import `module`; [`Edge::to`] is the importer.
    pub fn importers(&self, module: ModuleId) -> &[Edge] {
        self.incoming.get(module).map_or(&[], |edges| edges)
    }
}

#[cfg(test)]
mod tests;
