//! Which modules lead to something forbidden at all, computed once per contract: most imports need no search.

// Query keys are passed by value.
#![allow(clippy::needless_pass_by_value)]

use std::collections::BTreeSet;
use std::sync::Arc;

use camino::Utf8PathBuf;
use config::{Contract, ContractKind};
use model::{ByModule, EdgeKind, Graph, ModuleId, ModuleInfo, Modules, Project};
use python::Name;
use rustc_hash::FxHashSet;
use view::Db;

use super::super::{counts, named, outside, prefixes};
use super::overlap;

/// Beyond this many, forbidden modules that overlap with sources are treated together, as if they didn't overlap: the
/// cost grows with their number.
const MOST_CLASSES: usize = 64;

/// Forbidden modules that bind the same sources: one that overlaps with a source, or all others together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Class {
    /// The overlapping module; `None` for all those, inside and outside the project, that bind every source.
    pub(super) module: Option<Name>,
    /// By module, whether it is forbidden.
    goals: ByModule<bool>,
    /// By module, whether no pair binds it and a path leads from it to something forbidden, through modules of the same
    /// kind.
    leads: ByModule<bool>,
}

impl Class {
    pub(super) fn is_goal(&self, id: ModuleId) -> bool {
        self.goals.get(id).copied().unwrap_or_default()
    }

    pub(super) fn leads(&self, id: ModuleId) -> bool {
        self.leads.get(id).copied().unwrap_or_default()
    }
}

/// The forbidden modules of the contract with this `index` in the configuration of `folder`, grouped by the sources
/// they bind.
#[salsa::tracked(returns(clone))]
pub(super) fn classes(db: &dyn Db, project: Project, folder: Utf8PathBuf, index: usize) -> Arc<[Class]> {
    let configs = project.configs(db);
    let config = configs.list.iter().find(|config| config.folder == folder);
    let Some(contract) = config.and_then(|config| config.contracts.get(index)) else { return Arc::default() };
    let ContractKind::Forbidden { sources, forbidden, as_packages, .. } = &contract.kind else {
        return Arc::default();
    };
    let modules = model::query::modules(db, project);
    let graph = model::query::graph(db, project);
    let is_seen = |info: &ModuleInfo| contract.view.holds(&info.name);
    let named_by = |names| {
        modules.map(|_, info| -> Vec<&str> {
            if is_seen(info) { named(names, &info.name, *as_packages).collect() } else { Vec::new() }
        })
    };
    let (sources_of, forbidden_of) = (named_by(sources), named_by(forbidden));
    let touches = modules.map(|_, info| {
        is_seen(info) && outside::imported_by(db, project, contract, forbidden, info).is_some()
    });
    let overlapping = overlapping(sources_of.values(), forbidden_of.values(), *as_packages);
    let reach = |goals, touches: &ByModule<bool>, is_bound: &dyn Fn(ModuleId) -> bool, module| {
        let leads = leads(&modules, &graph, contract, &goals, touches, is_bound);
        Class { module, goals, leads }
    };
    let plain = forbidden_of.map(|of| of.iter().any(|module| !overlapping.contains(module)));
    let plain = reach(plain, &touches, &|at| !sources_of[at].is_empty(), None);
    let none = modules.map(|_, _| false);
    let others = overlapping.iter().map(|module| {
        let goals = forbidden_of.map(|of| of.contains(module));
        let is_bound =
            |at: ModuleId| sources_of[at].iter().any(|source| !overlap(source, module, *as_packages));
        reach(goals, &none, &is_bound, Some((*module).into()))
    });
    std::iter::once(plain).chain(others).collect()
}

/// The forbidden modules that contain a source, or are contained in one.
fn overlapping<'n>(
    sources: &[Vec<&'n str>],
    forbidden: &[Vec<&'n str>],
    as_packages: bool,
) -> BTreeSet<&'n str> {
    let sources: FxHashSet<&str> = sources.iter().flatten().copied().collect();
    let around: FxHashSet<&str> = sources.iter().flat_map(|source| prefixes(source)).collect();
    let overlaps = |module: &&&'n str| {
        sources.contains(**module)
            || (as_packages
                && (around.contains(**module) || prefixes(module).any(|prefix| sources.contains(prefix))))
    };
    let found: BTreeSet<&str> = forbidden.iter().flatten().filter(overlaps).copied().collect();
    found.into_iter().take(MOST_CLASSES).collect()
}

/// By module, whether nothing binds it and it leads to a goal, or to a module that `touches` accepts.
fn leads(
    modules: &Modules,
    graph: &Graph,
    contract: &Contract,
    goals: &ByModule<bool>,
    touches: &ByModule<bool>,
    is_bound: &dyn Fn(ModuleId) -> bool,
) -> ByModule<bool> {
    let mut leads = modules.map(|id, _| touches[id] && !is_bound(id));
    let is_start = |id: &ModuleId| goals[*id] || leads[*id];
    let mut queue: Vec<ModuleId> = modules.iter().map(|(id, _)| id).filter(is_start).collect();
    while let Some(at) = queue.pop() {
        for edge in graph.importers(at) {
            let importer = edge.to;
            let type_checking = edge.kind == EdgeKind::TypeChecking;
            if !leads[importer]
                && !is_bound(importer)
                && counts(contract, &modules[edge.to].name, &modules[at].name, type_checking)
            {
                leads[importer] = true;
                queue.push(importer);
            }
        }
    }
    leads
}
