//! `acyclic` contracts: the children of a package must not import each other in circles.

use std::collections::{BTreeMap, BTreeSet};

use config::{Contract, ContractKind, ModulePattern};
use model::{EdgeKind, ModuleId, PathRole};

use crate::{Context, Findings, Place};

/// A child of a package, by dotted name.
type Child<'a> = &'a str;

/// Which children import which, each with the first import found.
type Graph<'a> = BTreeMap<Child<'a>, BTreeMap<Child<'a>, (ModuleId, ModuleId)>>;

pub(super) fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    for contract in &cx.config.contracts {
        let ContractKind::Acyclic { ancestors, depth, skip } = &contract.kind else { continue };
        for ancestor in parents_in_question(cx, ancestors, *depth, skip) {
            let graph = graph(cx, contract, &ancestor);
            for cycle in cycles(&graph) {
                report(cx, out, contract, &graph, &cycle);
            }
        }
    }
}

/// The packages around the judged module whose children must not form cycles: those that the contract names, and the
/// `depth` generations below them.
fn parents_in_question(
    cx: &Context<'_>,
    ancestors: &[ModulePattern],
    depth: u32,
    skip: &[ModulePattern],
) -> Vec<String> {
    // Outermost first; `left` counts how many generations below the last named package are still in question.
    let name = cx.own_name();
    let mut left = None;
    let mut found = Vec::new();
    for (dot, _) in name.match_indices('.') {
        let parent = &name[..dot];
        if skip.iter().any(|pattern| pattern.matches(parent)) {
            break;
        }
        left = if ancestors.iter().any(|pattern| pattern.matches(parent)) {
            Some(depth)
        } else {
            left.and_then(|left: u32| left.checked_sub(1))
        };
        if left.is_some() {
            found.push(parent.to_owned());
        }
    }
    found
}

/// The child of `ancestor` that `module` is or lies in.
fn child_of<'m>(ancestor: &str, module: &'m str) -> Option<Child<'m>> {
    let below = module.strip_prefix(ancestor)?.strip_prefix('.')?;
    let end = below.find('.').map_or(module.len(), |dot| module.len() - below.len() + dot);
    Some(&module[..end])
}

fn graph<'c>(cx: &'c Context<'_>, contract: &Contract, ancestor: &str) -> Graph<'c> {
    let mut graph = Graph::new();
    for (from, info) in cx.architecture.modules.iter().filter(|(_, info)| info.role == PathRole::Code) {
        let Some(child) = child_of(ancestor, &info.name) else { continue };
        for edge in cx.architecture.graph.imports(from) {
            let imported = cx.module_name(edge.to);
            let is_ignored = contract
                .ignore_imports
                .iter()
                .any(|edge| edge.importer.matches(&info.name) && edge.imported.matches(imported));
            let is_left_out = edge.kind == EdgeKind::TypeChecking && contract.exclude_type_checking;
            match child_of(ancestor, imported) {
                Some(other) if other != child && !is_ignored && !is_left_out => {
                    graph.entry(child).or_default().entry(other).or_insert((from, edge.to));
                }
                _ => {}
            }
        }
    }
    graph
}

/// One shortest cycle for each strongly connected component.
fn cycles<'g>(graph: &Graph<'g>) -> Vec<Vec<Child<'g>>> {
    let mut seen: BTreeSet<Child<'g>> = BTreeSet::new();
    let mut cycles = Vec::new();
    for start in graph.keys() {
        if seen.contains(start) {
            continue;
        }
        let component: BTreeSet<Child<'g>> = reached(graph, start)
            .into_keys()
            .filter(|other| reached(graph, other).contains_key(start))
            .collect();
        let shortest = component.iter().filter_map(|child| way_round(graph, child)).min_by_key(Vec::len);
        seen.extend(&component);
        cycles.extend(shortest);
    }
    cycles
}

/// What can be reached from `start` over at least one edge, each with what it is reached from first.
fn reached<'g>(graph: &Graph<'g>, start: Child<'g>) -> BTreeMap<Child<'g>, Child<'g>> {
    let mut came_from = BTreeMap::new();
    let mut queue = std::collections::VecDeque::from([start]);
    while let Some(child) = queue.pop_front() {
        for next in graph.get(child).into_iter().flat_map(BTreeMap::keys) {
            if !came_from.contains_key(next) {
                came_from.insert(*next, child);
                queue.push_back(next);
            }
        }
    }
    came_from
}

fn way_round<'g>(graph: &Graph<'g>, start: Child<'g>) -> Option<Vec<Child<'g>>> {
    let came_from = reached(graph, start);
    let mut way = vec![*came_from.get(start)?];
    while way.last() != Some(&start) {
        way.push(*came_from.get(way.last()?)?);
    }
    way.reverse();
    Some(way)
}

/// In the one file whose import closes the cycle.
fn report(
    cx: &Context<'_>,
    out: &mut Findings<'_>,
    contract: &Contract,
    graph: &Graph<'_>,
    cycle: &[Child<'_>],
) {
    let hops: Vec<(ModuleId, ModuleId)> = cycle
        .iter()
        .enumerate()
        .filter_map(|(index, child)| graph.get(child)?.get(cycle[(index + 1) % cycle.len()]).copied())
        .collect();
    let Some((importer, imported)) = hops.first().copied().filter(|(importer, _)| *importer == cx.id) else {
        return;
    };
    let Some(import) = cx.import_between(importer, imported).and_then(|id| cx.import(id)) else { return };
    let chain: Vec<&str> = cycle.iter().chain(cycle.first()).copied().collect();
    let chain = chain.join(" -> ");
    let guidance = contract.guidance.as_ref().map(|words| format!(". {words}")).unwrap_or_default();
    let words = format!("contract \"{}\" is broken: package cycle {chain}{guidance}", contract.name);
    let draft = out.add(import.spans.item, words);
    draft.key(format!("{} {chain}", contract.name)).modules(cycle.iter().copied()).declared(contract.level);
    for (from, to) in hops {
        let place = cx.import_between(from, to).map_or(Place::File, Place::Import);
        draft.related(
            cx.file_of(from),
            place,
            format!("{} imports {}", cx.module_name(from), cx.module_name(to)),
        );
    }
}
