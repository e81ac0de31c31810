//! Bounded contexts suggested by the code: which modules work together once hubs are set aside.
//!
//! Imports weigh more if few modules import the same one, if they take table rows, and if both ends are in one package
//! or have similar names; foreign keys and shared routes add to them. A name alone connects nothing. Communities are
//! found with [`louvain`], without any randomness; those with no evidence other than imports are unclear.

mod louvain;
mod naming;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::facts::{Facts, Pair, What};
use crate::graph::Graph;

/// The minimum number of modules of a context.
const FEWEST: usize = 3;
/// A module imported by more than this share of all modules (in percent) is a hub.
const HUB: usize = 12;
/// The minimum number of importers of a hub.
const LEAST_IMPORTERS: usize = 8;

/// The contexts, and the modules in none.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Contexts {
    /// The contexts, the largest first.
    pub list: Vec<Context>,
    /// Modules imported by so many that they are no evidence, with the number of importers.
    pub hubs: Vec<(String, usize)>,
    /// Modules whose context is unclear.
    pub unclear: Vec<String>,
    /// Foreign keys from the tables of one context to those of another.
    pub keys: Vec<CrossingKey>,
}

/// One context.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Context {
    /// The name, after its modules.
    pub name: String,
    /// Its modules.
    pub modules: Vec<String>,
    /// The current packages of its modules, with the number in each, most first.
    pub packages: Vec<(String, usize)>,
    /// The tables that its modules map.
    pub tables: Vec<String>,
    /// The first segments of its modules' routes, with the number of routes.
    pub routes: Vec<(String, usize)>,
    /// Dependencies between its modules.
    pub inside: usize,
    /// Dependencies of its modules on those of other contexts.
    pub outgoing: usize,
    /// Dependencies of modules of other contexts on its own.
    pub incoming: usize,
}

/// Foreign keys that lead out of a context.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CrossingKey {
    /// The module of the tables with the keys.
    pub from: String,
    /// The module of the tables that they refer to.
    pub to: String,
    /// Their number.
    pub keys: usize,
}

/// The contexts of a graph.
pub(crate) fn contexts(facts: &Facts, graph: &Graph) -> Contexts {
    let modules = &graph.architecture().modules;
    let pairs = graph.pairs();
    let mut importers = vec![0_usize; modules.len()];
    for (_, to) in &pairs {
        importers[*to as usize] += 1;
    }
    let limit = (modules.len() * HUB / 100).max(LEAST_IMPORTERS);
    let is_aside = |module: u32| {
        let it = &modules[module as usize];
        matches!(it.layer, Some("composition" | "config" | "shared"))
            || it.is_package
            || importers[module as usize] > limit
    };
    let nodes: Vec<u32> = (0..modules.len() as u32).filter(|module| !is_aside(*module)).collect();
    let weights = weights(facts, graph, &pairs, &importers, &nodes);
    let communities = louvain::communities(nodes.len(), &weights);
    let mut found = Contexts::default();
    let mut context_of: BTreeMap<u32, usize> = BTreeMap::new();
    let members =
        |community: &[usize]| -> BTreeSet<u32> { community.iter().map(|node| nodes[*node]).collect() };
    let all: Vec<BTreeSet<u32>> = communities.iter().map(|community| members(community)).collect();
    let names = naming::names(modules, &all);
    let mut kept: Vec<(String, BTreeSet<u32>)> = names.into_iter().zip(all).collect();
    kept.retain(|(_, members)| has_evidence(facts, &pairs, members));
    kept.sort_by(|left, right| right.1.len().cmp(&left.1.len()).then_with(|| left.0.cmp(&right.0)));
    for (index, (_, members)) in kept.iter().enumerate() {
        context_of.extend(members.iter().map(|module| (*module, index)));
    }
    found.list = kept
        .iter()
        .map(|(name, members)| context(facts, graph, &pairs, &context_of, name, members))
        .collect();
    let name = |module: u32| modules[module as usize].name.clone();
    let is_unclear = |module: &&u32| !context_of.contains_key(module);
    found.unclear = nodes.iter().filter(is_unclear).map(|module| name(*module)).collect();
    let hubs = (0..modules.len() as u32).filter(|module| importers[*module as usize] > limit);
    found.hubs = hubs.map(|module| (name(module), importers[module as usize])).collect();
    found.hubs.sort_by(|left, right| right.1.cmp(&left.1).then_with(|| left.0.cmp(&right.0)));
    for ((from, to), keys) in &facts.keys {
        let ends = context_of.get(from).zip(context_of.get(to));
        if ends.is_some_and(|(from, to)| from != to) {
            found.keys.push(CrossingKey { from: name(*from), to: name(*to), keys: *keys });
        }
    }
    found
}

/// Whether there is more evidence for a context than imports: tables or routes, and more dependencies inside it than
/// out of it.
fn has_evidence(facts: &Facts, pairs: &BTreeSet<Pair>, members: &BTreeSet<u32>) -> bool {
    let known = || members.iter().filter_map(|module| facts.modules.get(*module as usize));
    let inside = pairs.iter().filter(|(from, to)| members.contains(from) && members.contains(to)).count();
    let leaving = pairs.iter().filter(|(from, to)| members.contains(from) != members.contains(to)).count();
    members.len() >= FEWEST
        && known().any(|module| !module.tables.is_empty() || !module.routes.is_empty())
        && inside * 3 >= leaving
}

fn context(
    facts: &Facts,
    graph: &Graph,
    pairs: &BTreeSet<Pair>,
    context_of: &BTreeMap<u32, usize>,
    name: &str,
    members: &BTreeSet<u32>,
) -> Context {
    let modules = &graph.architecture().modules;
    let known = || members.iter().filter_map(|module| facts.modules.get(*module as usize));
    let mut packages: BTreeMap<String, usize> = BTreeMap::new();
    for module in members {
        let folder = &graph.architecture().folders[modules[*module as usize].folder as usize].name;
        *packages.entry(folder.clone()).or_default() += 1;
    }
    let mut routes: BTreeMap<String, usize> = BTreeMap::new();
    for route in known().flat_map(|module| &module.routes) {
        *routes.entry(first_segment(route).to_owned()).or_default() += 1;
    }
    let tables: BTreeSet<String> = known().flat_map(|module| module.tables.iter().cloned()).collect();
    let is_foreign = |module: &u32| !members.contains(module) && context_of.contains_key(module);
    let count = |wanted: &dyn Fn(&Pair) -> bool| pairs.iter().filter(|pair| wanted(pair)).count();
    Context {
        name: name.to_owned(),
        modules: members.iter().map(|module| modules[*module as usize].name.clone()).collect(),
        packages: most_first(packages),
        tables: tables.into_iter().collect(),
        routes: most_first(routes),
        inside: count(&|(from, to)| members.contains(from) && members.contains(to)),
        outgoing: count(&|(from, to)| members.contains(from) && is_foreign(to)),
        incoming: count(&|(from, to)| members.contains(to) && is_foreign(from)),
    }
}

fn most_first(counts: BTreeMap<String, usize>) -> Vec<(String, usize)> {
    let mut list: Vec<(String, usize)> = counts.into_iter().collect();
    list.sort_by(|left, right| right.1.cmp(&left.1).then_with(|| left.0.cmp(&right.0)));
    list
}

/// The first segment of a route that is not a parameter, a version or `api`: its subject.
fn first_segment(route: &str) -> &str {
    let is_version = |segment: &str| {
        segment.strip_prefix('v').is_some_and(|rest| rest.starts_with(|it: char| it.is_ascii_digit()))
    };
    let mut segments = route.split('/').filter(|segment| {
        !segment.is_empty() && *segment != "api" && !segment.contains(['{', '<', '(']) && !is_version(segment)
    });
    segments.next().unwrap_or("/")
}

/// The connections between modules, with their weights. Nodes are numbered from zero.
fn weights(
    facts: &Facts,
    graph: &Graph,
    pairs: &BTreeSet<Pair>,
    importers: &[usize],
    nodes: &[u32],
) -> Vec<(usize, usize, u64)> {
    let modules = &graph.architecture().modules;
    let node = |module: u32| nodes.binary_search(&module).ok();
    let mut weights: BTreeMap<(usize, usize), u64> = BTreeMap::new();
    let mut add = |from: usize, to: usize, weight: u64| {
        if from != to {
            *weights.entry((from.min(to), from.max(to))).or_default() += weight;
        }
    };
    for pair in pairs {
        let (Some(from), Some(to)) = (node(pair.0), node(pair.1)) else { continue };
        let used = facts.uses.get(pair).map_or(&[][..], Vec::as_slice);
        let mut weight = 16 + 4 * used.len().min(4) as u64;
        if used.iter().any(|used| used.what == What::Table) {
            weight *= 2;
        }
        let (left, right) = (&modules[pair.0 as usize], &modules[pair.1 as usize]);
        if left.folder == right.folder || stem(&left.name) == stem(&right.name) {
            weight *= 2;
        }
        let many = importers[pair.1 as usize].max(1) as u64;
        add(from, to, (weight / many.isqrt().max(1)).max(1));
    }
    for (pair, keys) in &facts.keys {
        if let (Some(from), Some(to)) = (node(pair.0), node(pair.1)) {
            add(from, to, 24 * *keys as u64);
        }
    }
    let mut by_route: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for (node, module) in nodes.iter().enumerate() {
        for route in facts.modules.get(*module as usize).into_iter().flat_map(|module| &module.routes) {
            by_route.entry(first_segment(route)).or_default().insert(node);
        }
    }
    for (_, nodes) in by_route.into_iter().filter(|(route, _)| *route != "/") {
        let nodes: Vec<usize> = nodes.into_iter().collect();
        for pair in nodes.windows(2) {
            add(pair[0], pair[1], 16);
        }
    }
    weights.into_iter().map(|((from, to), weight)| (from, to, weight)).collect()
}

/// The subject of a module's name: its last segment in the singular.
fn stem(name: &str) -> &str {
    let last = name.rsplit('.').next().unwrap_or(name);
    last.strip_suffix('s').unwrap_or(last)
}
