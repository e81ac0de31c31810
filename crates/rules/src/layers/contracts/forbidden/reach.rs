//! Which modules lead to something forbidden at all, once per contract: most imports need no search.

// The key of a query belongs to the query.
#![allow(clippy::needless_pass_by_value)]

use std::collections::BTreeSet;
use std::sync::Arc;

use camino::Utf8PathBuf;
use config::{Contract, ContractKind};
use model::{EdgeKind, Graph, ModuleId, Modules, Project};
use python::Name;
use rustc_hash::FxHashSet;

use super::super::{counts, named, outside, prefixes};
use super::overlap;
use crate::Db;

/// More forbidden modules that overlap with sources are looked at together, as if they didn't: the work grows with them.
const MOST_CLASSES: usize = 64;

/// Forbidden modules that bind the same sources: one that overlaps with a source, or all others together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Class {
    /// The one; nothing for all those, inside and outside of the project, that bind every source.
    pub(super) module: Option<Name>,
    /// By module, whether it is forbidden.
    goals: Vec<bool>,
    /// By module, whether no pair binds it and a way leads from it to something forbidden, through modules like it.
    leads: Vec<bool>,
}

impl Class {
    pub(super) fn is_goal(&self, id: ModuleId) -> bool {
        self.goals.get(id.0 as usize).copied().unwrap_or_default()
    }

    pub(super) fn leads(&self, id: ModuleId) -> bool {
        self.leads.get(id.0 as usize).copied().unwrap_or_default()
    }
}

/// The forbidden modules of the contract with this `index` in the configuration of `folder`, by whom they bind.
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
    let seen = || modules.iter().filter(|(_, info)| contract.view.holds(&info.name));
    let mut sources_of: Vec<Vec<&str>> = vec![Vec::new(); modules.list.len()];
    let mut forbidden_of: Vec<Vec<&str>> = vec![Vec::new(); modules.list.len()];
    let mut touches = vec![false; modules.list.len()];
    for (id, info) in seen() {
        let at = id.0 as usize;
        sources_of[at] = named(sources, &info.name, *as_packages).collect();
        forbidden_of[at] = named(forbidden, &info.name, *as_packages).collect();
        touches[at] = outside::imported_by(db, project, contract, forbidden, info).is_some();
    }
    let overlapping = overlapping(&sources_of, &forbidden_of, *as_packages);
    let reach = |goals: Vec<bool>, touches: &[bool], is_bound: &dyn Fn(usize) -> bool, module| {
        let leads = leads(&modules, &graph, contract, &goals, touches, is_bound);
        Class { module, goals, leads }
    };
    let plain = forbidden_of.iter().map(|of| of.iter().any(|module| !overlapping.contains(module)));
    let plain = reach(plain.collect(), &touches, &|at| !sources_of[at].is_empty(), None);
    let none = vec![false; modules.list.len()];
    let others = overlapping.iter().map(|module| {
        let goals = forbidden_of.iter().map(|of| of.contains(module)).collect();
        let is_bound = |at: usize| sources_of[at].iter().any(|source| !overlap(source, module, *as_packages));
        reach(goals, &none, &is_bound, Some((*module).into()))
    });
    std::iter::once(plain).chain(others).collect()
}

/// The forbidden modules of which a source holds one, or the other way around.
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

/// By module, whether nothing binds it and it leads to a goal, or to what `touches`.
fn leads(
    modules: &Modules,
    graph: &Graph,
    contract: &Contract,
    goals: &[bool],
    touches: &[bool],
    is_bound: &dyn Fn(usize) -> bool,
) -> Vec<bool> {
    let mut leads: Vec<bool> =
        touches.iter().enumerate().map(|(at, touches)| *touches && !is_bound(at)).collect();
    let is_start = |id: &ModuleId| goals[id.0 as usize] || leads[id.0 as usize];
    let mut queue: Vec<ModuleId> = modules.iter().map(|(id, _)| id).filter(is_start).collect();
    while let Some(at) = queue.pop() {
        for edge in graph.importers(at) {
            let importer = edge.to.0 as usize;
            let type_checking = edge.kind == EdgeKind::TypeChecking;
            if !leads[importer]
                && !is_bound(importer)
                && counts(contract, &modules[edge.to].name, &modules[at].name, type_checking)
            {
                leads[importer] = true;
                queue.push(edge.to);
            }
        }
    }
    leads
}
