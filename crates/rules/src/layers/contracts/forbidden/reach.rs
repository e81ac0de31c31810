//! Which modules can reach something forbidden at all, once per contract: most imports need no search.

// The key of a query belongs to the query.
#![allow(clippy::needless_pass_by_value)]

use std::sync::Arc;

use camino::Utf8PathBuf;
use config::{Contract, ContractKind};
use model::{EdgeKind, ModuleId, ModuleInfo, Project};
use python::Name;

use super::super::{counts, matched_by_any};
use super::{counts_outside, forbids_outside, outside_name};
use crate::Db;

/// By module, whether a way leads from it, through modules that are no sources, to something that the contract names. An
/// upper bound: who may not import what is decided by the importer.
///
/// `folder` and `index` name the contract.
#[salsa::tracked(returns(clone))]
pub(super) fn reach(db: &dyn Db, project: Project, folder: Utf8PathBuf, index: usize) -> Arc<[bool]> {
    let configs = project.configs(db);
    let config = configs.list.iter().find(|config| config.folder == folder);
    let Some(contract) = config.and_then(|config| config.contracts.get(index)) else { return Arc::default() };
    let ContractKind::Forbidden { sources, forbidden, as_packages, .. } = &contract.kind else {
        return Arc::default();
    };
    let modules = model::query::modules(db, project);
    let graph = model::query::graph(db, project);
    let is_source: Vec<bool> =
        modules.iter().map(|(_, info)| matched_by_any(sources, &info.name, *as_packages).is_some()).collect();
    let mut reaches = vec![false; is_source.len()];
    let mut queue: Vec<ModuleId> = Vec::new();
    for (id, info) in modules.iter() {
        let is_goal = matched_by_any(forbidden, &info.name, *as_packages).is_some();
        let touches = !is_source[id.0 as usize] && imports_outside(db, project, contract, info).is_some();
        if is_goal || touches {
            reaches[id.0 as usize] = true;
            queue.push(id);
        }
    }
    while let Some(at) = queue.pop() {
        for edge in graph.importers(at) {
            let importer = edge.to;
            let index = importer.0 as usize;
            let type_checking = edge.kind == EdgeKind::TypeChecking;
            if reaches[index]
                || is_source[index]
                || !counts(contract, &modules[importer].name, &modules[at].name, type_checking)
            {
                continue;
            }
            reaches[index] = true;
            queue.push(importer);
        }
    }
    reaches.into()
}

/// What a module imports from outside the project although the contract forbids it.
pub(super) fn imports_outside(
    db: &dyn Db,
    project: Project,
    contract: &Contract,
    module: &ModuleInfo,
) -> Option<Name> {
    if module.role != model::PathRole::Code {
        return None;
    }
    let imports = python::query::imports(db, module.file);
    let resolved = model::query::resolved(db, project, module.file);
    imports.iter().zip(resolved.iter()).find_map(|((_, import), resolved)| {
        let name = outside_name(&resolved.target)?;
        let counted = forbids_outside(contract, name)
            && counts_outside(contract, &module.name, name, import.context.type_checking);
        counted.then(|| first_part(contract, name))
    })
}

/// The part of a name that the contract names: `requests` for `requests.get`.
fn first_part(contract: &Contract, name: &Name) -> Name {
    let ContractKind::Forbidden { forbidden, .. } = &contract.kind else { return name.clone() };
    matched_by_any(forbidden, name, true).map_or_else(|| name.clone(), Name::from)
}
