//! Who imports whom: the graph over the project's own code (no tests, no migrations).

use crate::ModuleId;

/// When an import takes effect. The strongest of several between two modules counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EdgeKind {
    /// Under `TYPE_CHECKING` only.
    TypeChecking,
    /// `import_module` with a literal.
    Dynamic,
    /// Inside functions (or lazily) only.
    Deferred,
    /// While the importer is imported.
    Import,
}

/// An edge as one module sees it: no import ids, so that a new line above changes nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Edge {
    /// The imported module.
    pub to: ModuleId,
    /// When.
    pub kind: EdgeKind,
}

/// The graph, both ways, by [`ModuleId`]; neighbours sorted.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Graph {
    /// Whom each imports.
    pub outgoing: Vec<Box<[Edge]>>,
    /// Who imports each; `to` is the importer.
    pub incoming: Vec<Box<[Edge]>>,
}

impl Graph {
    /// Whom `module` imports.
    pub fn imports(&self, module: ModuleId) -> &[Edge] {
        self.outgoing.get(module.0 as usize).map_or(&[], |edges| edges)
    }

    /// Who imports `module`; [`Edge::to`] is the importer.
    pub fn importers(&self, module: ModuleId) -> &[Edge] {
        self.incoming.get(module.0 as usize).map_or(&[], |edges| edges)
    }
}
