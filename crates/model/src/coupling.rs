//! Afferent and efferent coupling and instability (R. C. Martin, "OO Design Quality Metrics", 1994).
//!
//! Imports that only type checkers see don't count: they create no dependency at run time.

use crate::{Edge, EdgeKind, Graph, ModuleId, Modules, package_coupling};

/// Coupling of a module or package.
#[derive(Debug, Default, Clone, Copy, PartialEq)]
pub struct Coupling {
    /// Ca: the number of outside modules that import it.
    pub afferent: u32,
    /// Ce: the number of outside modules that it imports.
    pub efferent: u32,
}

impl Coupling {
    /// The coupling of one module.
    pub fn of_module(graph: &Graph, module: ModuleId) -> Self {
        let binding = |edges: &[Edge]| edges.iter().filter(|edge| binds(**edge)).count() as u32;
        Self { afferent: binding(graph.importers(module)), efferent: binding(graph.imports(module)) }
    }

    /// The coupling of a package, by dotted name, including everything below it.
    pub fn of_package(modules: &Modules, graph: &Graph, package: &str) -> Self {
        let all = package_coupling(modules, graph);
        let index = all.binary_search_by(|(name, ..)| name.as_str().cmp(package)).ok();
        index.map(|index| all[index].2).unwrap_or_default()
    }

    /// I = Ce / (Ca + Ce), 0 stable, 1 unstable; `None` without any coupling.
    pub fn instability(self) -> Option<f64> {
        let sum = self.afferent + self.efferent;
        (sum > 0).then(|| f64::from(self.efferent) / f64::from(sum))
    }
}

/// Whether an import makes one module require the other at run time.
pub(crate) fn binds(edge: Edge) -> bool {
    edge.kind != EdgeKind::TypeChecking
}
