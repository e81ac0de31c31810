//! `forbidden` contracts: some modules must not import others, whether first-party or third-party.
//!
//! A contract makes pairs of a source and a forbidden module; a pair in which one contains the other forbids nothing.
//! An indirect import of something forbidden is reported in the last module that a pair binds, so that each breach has
//! one place.

mod reach;

use config::{Contract, ContractKind};
use model::ModuleId;
use python::Name;
use view::Context;

use super::{Breach, counts, counts_edge, end_of, lies_in, named, outside, reached};
use crate::layers::aim::{aims, first_party};
use crate::layers::way::Search;

use reach::Class;

/// The breaches of the checked module.
pub(in crate::layers) fn breaches<'c>(cx: &'c Context<'_>) -> Vec<Breach<'c>> {
    let mut found = Vec::new();
    for (index, contract) in cx.config.contracts.iter().enumerate() {
        let ContractKind::Forbidden { sources, allow_indirect, as_packages, .. } = &contract.kind else {
            continue;
        };
        let own: Vec<&str> = named(sources, cx.own_name(), *as_packages).collect();
        if own.is_empty() || !contract.view.holds(cx.own_name()) {
            continue;
        }
        outside_breaches(cx, contract, &mut found);
        for aim in first_party(cx) {
            let imported = cx.module_name(aim.to);
            if !counts(contract, cx.own_name(), imported, aim.is_type_checking()) {
                continue;
            }
            let (way, outside) = if forbids(contract, &own, imported) {
                (vec![cx.id, aim.to], None)
            } else if *allow_indirect {
                continue;
            } else if let Some(found) = indirect(cx, contract, index, &own, aim.to) {
                found
            } else {
                continue;
            };
            let end = match &outside {
                Some(name) => reached(cx, name, &way[1..]),
                None => end_of(cx, &way),
            };
            found.push(Breach { outside, ..Breach::new(contract, aim.span(), words(contract, &end), way) });
        }
    }
    found
}

fn words(contract: &Contract, end: &str) -> String {
    format!("{end} is forbidden here by contract \"{}\"", contract.name)
}

/// Direct imports from outside the contract's graph.
fn outside_breaches<'c>(cx: &'c Context<'_>, contract: &'c Contract, found: &mut Vec<Breach<'c>>) {
    let ContractKind::Forbidden { forbidden, .. } = &contract.kind else { return };
    let aims = aims(cx, |item| {
        let name = outside::name(contract, item.resolved, |id| &cx.architecture.modules[id].name)?;
        outside::part(contract, forbidden, name).map(|_| outside::written(item))
    });
    for aim in aims {
        if outside::counts(contract, cx.own_name(), &aim.to, aim.is_type_checking()) {
            let words = words(contract, &format!("`{}`", aim.to));
            let breach = Breach::new(contract, aim.span(), words, vec![cx.id]);
            found.push(Breach { outside: Some(aim.to.clone()), ..breach });
        }
    }
}

/// Whether the contract forbids `imported` to a module in `own`, some of its sources.
fn forbids(contract: &Contract, own: &[&str], imported: &str) -> bool {
    let ContractKind::Forbidden { forbidden, as_packages, .. } = &contract.kind else { return false };
    named(forbidden, imported, *as_packages)
        .any(|module| own.iter().any(|source| !overlap(source, module, *as_packages)))
}

/// Whether a source and a forbidden module don't form a pair.
fn overlap(source: &str, forbidden: &str, as_packages: bool) -> bool {
    source == forbidden || (as_packages && (lies_in(source, forbidden) || lies_in(forbidden, source)))
}

/// A shortest path from `start` to something forbidden: the modules of the project from the checked one on, and the
/// external name at its end, if it ends outside.
fn indirect(
    cx: &Context<'_>,
    contract: &Contract,
    index: usize,
    own: &[&str],
    start: ModuleId,
) -> Option<(Vec<ModuleId>, Option<Name>)> {
    let ContractKind::Forbidden { forbidden, as_packages, .. } = &contract.kind else { return None };
    let classes = reach::classes(cx.db, cx.project, cx.config.folder.clone(), index);
    let binds = |class: &Class| match &class.module {
        None => true,
        Some(module) => own.iter().any(|source| !overlap(source, module, *as_packages)),
    };
    let outside_of = |id: ModuleId| {
        outside::imported_by(cx.db, cx.project, contract, forbidden, &cx.architecture.modules[id])
    };
    let ways = classes.iter().filter(|class| class.leads(start) && binds(class)).filter_map(|class| {
        let is_end = |id: ModuleId| class.module.is_none() && outside_of(id).is_some();
        let way = if is_end(start) {
            vec![start]
        } else {
            let search = Search {
                graph: &cx.architecture.graph,
                edge: &|from, edge| counts_edge(cx, contract, from, edge),
                through: &|id| class.leads(id),
                goal: &|id| class.is_goal(id) || (class.leads(id) && is_end(id)),
                limit: usize::MAX,
            };
            search.run(start)?
        };
        let end = *way.last()?;
        let outside = if class.is_goal(end) { None } else { outside_of(end) };
        Some(([&[cx.id][..], &way].concat(), outside))
    });
    ways.min_by_key(|(way, outside)| way.len() + usize::from(outside.is_some()))
}
