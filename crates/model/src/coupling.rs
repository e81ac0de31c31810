//! Afferent and efferent coupling and instability (R. C. Martin, "OO Design Quality Metrics", 1994).

use rustc_hash::FxHashSet;

use crate::{Graph, ModuleId, Modules};

/// Coupling of a module or package.
#[derive(Debug, Default, Clone, Copy, PartialEq)]
pub struct Coupling {
    /// Ca: how many modules outside import it.
    pub afferent: u32,
    /// Ce: how many modules outside it imports.
    pub efferent: u32,
}

impl Coupling {
    /// The coupling of one module. Imports for type checkers count: they are dependencies of the design too.
    pub fn of_module(graph: &Graph, module: ModuleId) -> Self {
        Self { afferent: graph.importers(module).len() as u32, efferent: graph.imports(module).len() as u32 }
    }

    /// The coupling of a package, by dotted name, with all that lies below it.
    pub fn of_package(modules: &Modules, graph: &Graph, package: &str) -> Self {
        let is_inside = |id: ModuleId| {
            let rest = modules[id].name.strip_prefix(package);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        let (mut importers, mut imported) = (FxHashSet::default(), FxHashSet::default());
        for (id, _) in modules.iter().filter(|(id, _)| is_inside(*id)) {
            importers
                .extend(graph.importers(id).iter().map(|edge| edge.to).filter(|other| !is_inside(*other)));
            imported.extend(graph.imports(id).iter().map(|edge| edge.to).filter(|other| !is_inside(*other)));
        }
        Self { afferent: importers.len() as u32, efferent: imported.len() as u32 }
    }

    /// I = Ce / (Ca + Ce), 0 stable, 1 unstable; nothing where it is coupled to nobody.
    pub fn instability(self) -> Option<f64> {
        let sum = self.afferent + self.efferent;
        (sum > 0).then(|| f64::from(self.efferent) / f64::from(sum))
    }
}
