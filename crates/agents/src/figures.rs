//! Metrics of a project as a whole, for comparison by a simulation.

use std::collections::BTreeSet;

use model::PathRole;
use serde::Serialize;
use workspace::Snapshot;

/// Metrics of a project as a whole.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Figures {
    /// Checked modules.
    pub(crate) modules: usize,
    /// Pairs of modules of which one imports the other.
    pub(crate) imports: usize,
    /// Groups of modules with cyclic imports.
    pub(crate) cycles: usize,
    pub(crate) modules_in_cycles: usize,
    pub(crate) largest_cycle: usize,
    pub(crate) without_layer: usize,
    pub(crate) unresolved_imports: usize,
}

pub(crate) fn of(snapshot: &Snapshot) -> Figures {
    let mut figures = Figures::default();
    for project in snapshot.projects() {
        let architecture = snapshot.architecture(*project);
        let code = architecture.modules.iter().filter(|(_, info)| info.role == PathRole::Code);
        for (id, info) in code {
            figures.modules += 1;
            figures.imports += architecture.graph.imports(id).len();
            figures.without_layer += usize::from(architecture.layers.verdict(id).is_none());
            let resolved = model::query::resolved(snapshot.db(), *project, info.file);
            let is_missing = |it: &&model::Resolved| matches!(it.target, model::Target::Missing(_));
            figures.unresolved_imports += resolved.iter().filter(is_missing).count();
        }
        let components = &architecture.cycles.components;
        let largest = components.iter().map(|component| component.modules.len()).max();
        figures.largest_cycle = figures.largest_cycle.max(largest.unwrap_or_default());
        // A cycle at import time may be part of a larger one.
        let is_inner = |inner: &model::Component| {
            components.iter().any(|outer| {
                outer.modules.len() > inner.modules.len()
                    && inner.modules.iter().all(|id| outer.modules.binary_search(id).is_ok())
            })
        };
        figures.cycles += components.iter().filter(|component| !is_inner(component)).count();
        let cyclic: BTreeSet<_> = components.iter().flat_map(|component| component.modules.iter()).collect();
        figures.modules_in_cycles += cyclic.len();
    }
    figures
}
