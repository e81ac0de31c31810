//! `acyclic` contracts: the children of a package must not have cyclic imports.

use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use config::{Contract, ContractKind, Level, ModulePattern};
use model::{Edge, EdgeKind, ModuleId, Modules, Project, SiblingCycle};
use view::{Context, Db, Findings, Key, Place, wording};

use crate::layers::contracts;

/// A broken contract.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Broken {
    /// The folder of the configuration that declares it.
    folder: Utf8PathBuf,
    /// Its name.
    contract: String,
    level: Level,
    guidance: String,
    cycle: SiblingCycle,
}

/// Reports each cycle in the one file whose import closes it.
pub(super) fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    let declares_any =
        cx.config.contracts.iter().any(|contract| matches!(contract.kind, ContractKind::Acyclic { .. }));
    if !declares_any {
        return;
    }
    for broken in broken(cx.db, cx.project).iter().filter(|broken| broken.folder == cx.config.folder) {
        let first = broken.cycle.hops.first().filter(|(importer, _)| *importer == cx.id);
        if let Some((_, imported)) = first {
            report(cx, out, broken, *imported);
        }
    }
}

fn report(cx: &Context<'_>, out: &mut Findings<'_>, broken: &Broken, imported: ModuleId) {
    let Some(import) = cx.import_between(cx.id, imported).and_then(|id| cx.import(id)) else { return };
    let cycle = &broken.cycle.shortest;
    let chain: Vec<&str> = cycle.iter().chain(cycle.first()).map(python::Name::as_str).collect();
    let guidance = if broken.guidance.is_empty() { String::new() } else { format!(": {}", broken.guidance) };
    let words = format!(
        "Circular packages {}, forbidden by contract \"{}\"{guidance}",
        wording::way(&chain),
        broken.contract
    );
    // Baselines contain fingerprints with this arrow.
    let chain = chain.join(" -> ");
    let draft = out.add(import.mark(), Key::new(format!("{} {chain}", broken.contract)), words);
    draft.modules(broken.cycle.children.iter().cloned()).declared(broken.level);
    for (from, to) in &broken.cycle.hops {
        let place = cx.import_between(*from, *to).map_or(Place::File, Place::Import);
        let message = format!("`{}` imports `{}`", cx.module_name(*from), cx.module_name(*to));
        draft.related(cx.file_of(*from), place, message);
    }
}

/// How many cycles break the contract `name` in the configuration of `folder`, and how many packages are in them.
pub(in crate::layers) fn contract_cycles(
    db: &dyn Db,
    project: Project,
    folder: &Utf8Path,
    name: &str,
) -> (usize, usize) {
    let broken = broken(db, project);
    let of_it = broken.iter().filter(|broken| broken.folder == folder && broken.contract == name);
    of_it.fold((0, 0), |(cycles, children), broken| (cycles + 1, children + broken.cycle.children.len()))
}

/// All broken contracts of a project, computed once for all files.
#[salsa::tracked(returns(clone))]
fn broken(db: &dyn Db, project: Project) -> Arc<[Broken]> {
    let modules = model::query::modules(db, project);
    let graph = model::query::graph(db, project);
    let mut found = Vec::new();
    for config in &project.configs(db).list {
        for contract in &config.contracts {
            let ContractKind::Acyclic { ancestors, depth, skip } = &contract.kind else { continue };
            for package in packages_in_question(&modules, ancestors, *depth, skip) {
                let counts = |from: ModuleId, edge: Edge| counts(&modules, contract, from, edge);
                let cycles = model::sibling_cycles(&modules, &graph, &package, &counts);
                found.extend(cycles.into_iter().map(|cycle| Broken {
                    folder: config.folder.clone(),
                    contract: contract.name.to_string(),
                    level: contract.level,
                    guidance: contract.guidance.as_deref().unwrap_or_default().to_owned(),
                    cycle,
                }));
            }
        }
    }
    found.into()
}

fn counts(modules: &Modules, contract: &Contract, from: ModuleId, edge: Edge) -> bool {
    let type_checking = edge.kind == EdgeKind::TypeChecking;
    contracts::counts(contract, &modules[from].name, &modules[edge.to].name, type_checking)
}

/// The packages whose children must not form cycles: those that the contract names, and `depth` generations below.
fn packages_in_question(
    modules: &Modules,
    ancestors: &[ModulePattern],
    depth: u32,
    skip: &[ModulePattern],
) -> Vec<String> {
    let mut found: Vec<String> = modules
        .list
        .iter()
        .flat_map(|module| parents_in_question(&module.name, ancestors, depth, skip))
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// Those of the packages around `module` that the contract covers, outermost first.
fn parents_in_question(
    module: &str,
    ancestors: &[ModulePattern],
    depth: u32,
    skip: &[ModulePattern],
) -> Vec<String> {
    // How many generations below the last named package are still covered.
    let mut left: Option<u32> = None;
    let mut found = Vec::new();
    for (dot, _) in module.match_indices('.') {
        let parent = &module[..dot];
        let is_named = ancestors.iter().any(|pattern| pattern.matches(parent));
        let is_skipped = skip.iter().any(|pattern| pattern.matches(parent));
        left = match left {
            // A skipped package is left out below another, but not where it is named itself or contains a named one.
            _ if is_named => Some(depth),
            _ if is_skipped => None,
            left => left.and_then(|left| left.checked_sub(1)),
        };
        if left.is_some() {
            found.push(parent.to_owned());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn depth_and_skip_bound_the_packages() {
        let pattern = |text| vec![ModulePattern::new(text).unwrap()];
        let of = |depth, skip| parents_in_question("a.b.c.d", &pattern("a"), depth, &pattern(skip));
        assert_eq!(of(0, "x"), ["a"]);
        assert_eq!(of(1, "x"), ["a", "a.b"]);
        assert_eq!(of(9, "x"), ["a", "a.b", "a.b.c"]);
        assert_eq!(of(9, "a.b"), ["a"]);
        let below = parents_in_question("a.b.c.d", &pattern("a.b"), 9, &pattern("a"));
        assert_eq!(below, ["a.b", "a.b.c"]);
    }
}
