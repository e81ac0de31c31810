//! The status of the contracts of a configuration: kept, or how often broken.

use config::{Config, ContractKind};
use model::{PathRole, Project};
use view::{Db, query};

use super::{
    forbidden, independence, layered, private, protected, tach_imports, tach_interfaces, tach_layers,
};
use crate::layers::circular_import;

/// For each contract, how often it is broken, and by how many modules.
pub(crate) fn breaches(db: &dyn Db, project: Project, config: &Config) -> Vec<(usize, usize)> {
    let mut counts = vec![(0, 0); config.contracts.len()];
    let position = |name: &str| config.contracts.iter().position(|contract| contract.name == name);
    let modules = model::query::modules(db, project);
    for info in modules.list.iter().filter(|info| info.role == PathRole::Code) {
        let Some(cx) = query::context(db, project, info.file) else { continue };
        if cx.config.folder != config.folder {
            continue;
        }
        let mut own = vec![0; counts.len()];
        let found = [
            layered(&cx),
            forbidden(&cx),
            independence(&cx),
            protected(&cx),
            private(&cx),
            tach_layers(&cx),
            tach_imports(&cx),
            tach_interfaces(&cx),
        ];
        for breach in found.iter().flatten() {
            if let Some(index) = position(&breach.contract.name) {
                own[index] += 1;
            }
        }
        for (count, own) in counts.iter_mut().zip(own) {
            count.0 += own;
            count.1 += usize::from(own > 0);
        }
    }
    for (contract, count) in config.contracts.iter().zip(&mut counts) {
        if matches!(contract.kind, ContractKind::Acyclic { .. }) {
            *count = circular_import::contract_cycles(db, project, &config.folder, &contract.name);
        }
    }
    counts
}
