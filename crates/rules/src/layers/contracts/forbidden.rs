//! `forbidden` contracts: some modules must not import others, of the project or of anyone else.

mod reach;

use config::{Contract, ContractKind};
use model::{ModuleId, Target};
use python::Name;

use super::{Breach, counts, counts_edge, end_of, lies_in, matched_by_any, reached};
use crate::layers::aim::{aims, first_party};
use crate::layers::way::Search;
use crate::{Context, ImportView};

/// What the module judged breaks.
pub(in crate::layers) fn breaches<'c>(cx: &'c Context<'_>) -> Vec<Breach<'c>> {
    let mut found = Vec::new();
    for (index, contract) in cx.config.contracts.iter().enumerate() {
        let ContractKind::Forbidden { sources, allow_indirect, as_packages, .. } = &contract.kind else {
            continue;
        };
        let Some(source) = matched_by_any(sources, cx.own_name(), *as_packages) else { continue };
        outside(cx, contract, &mut found);
        for aim in first_party(cx) {
            if !counts(contract, cx.own_name(), cx.module_name(aim.to), aim.is_type_checking()) {
                continue;
            }
            let direct = forbids(contract, source, cx.own_name(), cx.module_name(aim.to));
            let (way, outside) = if direct {
                (vec![cx.id, aim.to], None)
            } else if *allow_indirect {
                continue;
            } else if let Some(found) = indirect(cx, contract, index, source, aim.to) {
                found
            } else {
                continue;
            };
            let end = match &outside {
                Some(name) => reached(cx, name, &way[1..]),
                None => end_of(cx, &way),
            };
            found.push(Breach { contract, span: aim.span(), words: words(contract, &end), way, outside });
        }
    }
    found
}

fn words(contract: &Contract, end: &str) -> String {
    format!("{end} is forbidden here by contract \"{}\"", contract.name)
}

/// Direct imports of what is no module of the project.
fn outside<'c>(cx: &'c Context<'_>, contract: &'c Contract, found: &mut Vec<Breach<'c>>) {
    let place = |item: &ImportView<'_>| {
        let name = outside_name(&item.resolved.target)?;
        forbids_outside(contract, name).then(|| written(item))
    };
    for aim in aims(cx, place) {
        if !counts_outside(contract, cx.own_name(), &aim.to, aim.is_type_checking()) {
            continue;
        }
        let words = words(contract, &format!("`{}`", aim.to));
        let (way, outside) = (vec![cx.id], Some(aim.to.clone()));
        found.push(Breach { contract, span: aim.span(), words, way, outside });
    }
}

/// The module that an import names, in full, without the name that is taken from it.
fn written(item: &ImportView<'_>) -> Name {
    let absolute = &item.resolved.absolute;
    match (&item.import.name, absolute.rsplit_once('.')) {
        (Some(name), Some((module, last)))
            if last == name && !matches!(item.resolved.target, Target::Namespace(_)) =>
        {
            module.into()
        }
        _ => absolute.clone(),
    }
}

/// The full name of what lies outside the project, or has no file in it.
fn outside_name(target: &Target) -> Option<&Name> {
    match target {
        Target::Standard(name)
        | Target::ThirdParty(name)
        | Target::Missing(name)
        | Target::Namespace(name) => Some(name),
        Target::Module(_) | Target::Symbol { .. } => None,
    }
}

/// Whether the contract names something outside the project: all below it counts too.
fn forbids_outside(contract: &Contract, name: &str) -> bool {
    let ContractKind::Forbidden { forbidden, .. } = &contract.kind else { return false };
    matched_by_any(forbidden, name, true).is_some()
}

/// Who ignores an import of a distribution means all of it.
fn counts_outside(contract: &Contract, importer: &str, imported: &str, type_checking: bool) -> bool {
    let left_out = type_checking && contract.exclude_type_checking;
    !left_out
        && !contract
            .ignore_imports
            .iter()
            .any(|edge| edge.importer.matches(importer) && edge.imported.matches_or_contains(imported))
}

/// Whether the contract keeps `imported` from `importer`, which lies in `source`.
fn forbids(contract: &Contract, source: &str, importer: &str, imported: &str) -> bool {
    let ContractKind::Forbidden { forbidden, as_packages, .. } = &contract.kind else { return false };
    // Any of the patterns may name it without holding both ends.
    forbidden.iter().any(|pattern| {
        super::matched(pattern, imported, *as_packages)
            .is_some_and(|target| !lies_in(importer, target) && !lies_in(imported, source))
    })
}

/// A way from `start`, which is no source, to something forbidden: modules of the project from the judged one on, and the
/// name outside at its end, if it ends there.
fn indirect(
    cx: &Context<'_>,
    contract: &Contract,
    index: usize,
    source: &str,
    start: ModuleId,
) -> Option<(Vec<ModuleId>, Option<Name>)> {
    let ContractKind::Forbidden { sources, as_packages, .. } = &contract.kind else { return None };
    let reach = reach::reach(cx.db, cx.project, cx.config.folder.clone(), index);
    let may_reach = |id: ModuleId| reach.get(id.0 as usize).copied().unwrap_or_default();
    let is_source = |id: ModuleId| matched_by_any(sources, cx.module_name(id), *as_packages).is_some();
    if !may_reach(start) || is_source(start) {
        return None;
    }
    let run = |goal: &dyn Fn(ModuleId) -> bool| {
        Search {
            graph: &cx.architecture.graph,
            edge: &|from, edge| counts_edge(cx, contract, from, edge),
            through: &|id| may_reach(id) && !is_source(id),
            goal,
            limit: usize::MAX,
        }
        .run(start)
    };
    let own = [cx.id];
    if let Some(name) = outside_of(cx, contract, start) {
        return Some((vec![cx.id, start], Some(name)));
    }
    let inside = run(&|id| forbids(contract, source, cx.own_name(), cx.module_name(id)));
    let outside = run(&|id| may_reach(id) && !is_source(id) && outside_of(cx, contract, id).is_some());
    match (inside, outside) {
        (Some(way), outside) if outside.as_ref().is_none_or(|other| way.len() <= other.len() + 1) => {
            Some(([&own[..], &way].concat(), None))
        }
        (_, Some(way)) => {
            let name = outside_of(cx, contract, *way.last()?)?;
            Some(([&own[..], &way].concat(), Some(name)))
        }
        _ => None,
    }
}

/// What `module` imports from outside the project although the contract forbids it.
fn outside_of(cx: &Context<'_>, contract: &Contract, module: ModuleId) -> Option<Name> {
    reach::imports_outside(cx.db, cx.project, contract, &cx.architecture.modules[module])
}
