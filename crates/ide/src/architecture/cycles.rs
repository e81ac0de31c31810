//! Modules with cyclic imports.

use model::{Architecture, ByModule};
use serde::Serialize;

use super::imports::index;

/// Modules that all reach each other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Cycle {
    /// By index, sorted.
    pub modules: Vec<u32>,
    /// A shortest cycle among them: each imports the next, and the last the first.
    pub shortest: Vec<u32>,
    /// Whether module-level imports suffice to close it; otherwise imports in functions do.
    pub at_import_time: bool,
    /// The imports (importer, imported) whose removal breaks all cycles, cheapest first.
    pub cuts: Vec<(u32, u32)>,
}

/// All cycles among drawn modules: only those have imports.
pub(super) fn cycles(model: &Architecture, drawn: &ByModule<Option<u32>>) -> Vec<Cycle> {
    let all = |ids: &[model::ModuleId]| ids.iter().filter_map(|id| index(drawn, *id)).collect();
    model
        .cycles
        .components
        .iter()
        .map(|component| Cycle {
            modules: all(&component.modules),
            shortest: all(&component.shortest),
            at_import_time: component.at_import_time,
            cuts: component
                .cuts
                .iter()
                .filter_map(|(from, to)| Some((index(drawn, *from)?, index(drawn, *to)?)))
                .collect(),
        })
        .collect()
}
