//! Modules that import each other in circles: strongly connected components, shortest cycles, cheapest cuts.

use crate::ModuleId;

/// A strongly connected component of more than one module (or a module that imports itself).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Component {
    /// Sorted.
    pub modules: Box<[ModuleId]>,
    /// A shortest cycle through it, beginning with the module whose import closes it.
    pub shortest: Box<[ModuleId]>,
    /// Whether imports that run at import time suffice to close it; otherwise imports inside functions do.
    pub at_import_time: bool,
    /// A small set of edges (importer, imported) without which no cycle is left, cheapest first.
    pub cuts: Box<[(ModuleId, ModuleId)]>,
}

/// All components: those closed at import time, and those that only imports inside functions close.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Cycles {
    /// Sorted by first module.
    pub components: Vec<Component>,
}
