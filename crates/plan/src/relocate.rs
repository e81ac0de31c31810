//! Modules in the wrong package: moving one moves its arrows.
//!
//! Between parts with cyclic imports, a module that another part uses more than its own may move there. It moves if
//! that reduces the total cost, one module at a time, the best first; never out of its layer, never from deeper in its
//! part, and never if a framework finds it by path.

use std::collections::{BTreeMap, BTreeSet};

use report::deps;

use crate::cuts::{Arrow, Cost, arrows, cost_of, pairs_behind};
use crate::facts::Facts;
use crate::graph::{Effect, Graph, Moved};
use crate::trial::Trial;

/// Limit on the modules moved: a plan with more is not practical.
const MOST: usize = 20;
/// Limits on the candidates evaluated, per round and in total.
const WEIGHED: usize = 12;
const BUDGET: usize = 200;

/// A module that moves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Relocation {
    /// The module, and its new place.
    pub moved: Moved,
    /// The target package.
    pub target: String,
    /// The number of backward dependencies that it removes.
    pub cleared: usize,
    /// How many modules use it there.
    pub(crate) there: usize,
    /// How many modules use it in its current place.
    pub(crate) here: usize,
    /// How many modules use it in total.
    pub(crate) users: usize,
    /// Files that change.
    pub files: Vec<String>,
}

/// The relocations in order; the graph is updated to the state after them.
pub(crate) fn relocations(
    graph: &mut Graph,
    facts: &Facts,
    cost: Cost<'_>,
    trial: &dyn Trial,
) -> Vec<Relocation> {
    let mut found: Vec<Relocation> = Vec::new();
    let mut refused: BTreeSet<(u32, String)> = BTreeSet::new();
    let mut budget = BUDGET;
    while found.len() < MOST && budget > 0 {
        let backward = arrows(graph, cost);
        let before = cost_of(&backward, cost);
        let importers = importers(graph);
        let mut candidates = candidates(graph);
        candidates.retain(|(module, target)| {
            !refused.contains(&(*module, target.clone()))
                && !found.iter().any(|done| done.moved.module == *module)
        });
        let mut best: Option<(u32, Relocation, Graph)> = None;
        let mut weighed = 0;
        for (module, target) in candidates {
            if weighed == WEIGHED || budget == 0 {
                break;
            }
            let Some((moved, there, here)) = moved(graph, facts, &importers, module, &target) else {
                continue;
            };
            weighed += 1;
            budget -= 1;
            let mut after = graph.clone();
            after.apply(&Effect { moved: vec![moved.clone()], ..Effect::default() });
            let left = arrows(&after, cost);
            let gain = before.saturating_sub(cost_of(&left, cost));
            let cleared = count(&backward).saturating_sub(count(&left));
            // A module related to both is moved only if that is worth it.
            if gain == 0 || cleared == 0 || (here > 0 && cleared < 2) {
                refused.insert((module, target));
                continue;
            }
            if best.as_ref().is_some_and(|(most, ..)| *most >= gain) {
                continue;
            }
            let users = importers[module as usize].len();
            match trial.move_file(module, &moved.path) {
                Ok(files) => {
                    best =
                        Some((gain, Relocation { moved, target, cleared, there, here, users, files }, after));
                }
                Err(_) => {
                    refused.insert((module, target));
                }
            }
        }
        match best {
            Some((_, relocation, after)) => {
                *graph = after;
                found.push(relocation);
            }
            None if weighed < WEIGHED => break,
            None => {}
        }
    }
    found
}

fn count(arrows: &[Arrow]) -> usize {
    arrows.iter().map(|arrow| arrow.pairs.len()).sum()
}

/// The importers of each module. A module's imports don't show where it belongs, its users do.
fn importers(graph: &Graph) -> Vec<BTreeSet<u32>> {
    let mut importers = vec![BTreeSet::new(); graph.architecture().modules.len()];
    for (from, to) in graph.pairs() {
        importers[to as usize].insert(from);
    }
    importers
}

/// Modules with the part that they may move to: of parts in one cycle, those more related to another part than to their
/// own. The most misplaced first.
fn candidates(graph: &Graph) -> Vec<(u32, String)> {
    let name = |module: u32| &graph.architecture().modules[module as usize].name;
    let mut found: Vec<(usize, u32, String)> = Vec::new();
    for (_, links) in deps::parts(graph.architecture()) {
        let groups = model::strong_groups(links.names.len(), &links.pairs());
        let mut group_of: BTreeMap<u32, usize> = BTreeMap::new();
        for (group, nodes) in groups.iter().enumerate() {
            group_of.extend(nodes.iter().map(|node| (*node, group)));
        }
        // A module deeper in a part has a place there that the other part may lack.
        let is_directly = |module: u32, part: u32| {
            let (name, part) = (name(module), links.names[part as usize].as_str());
            name == part || name.rsplit_once('.').is_some_and(|(package, _)| package == part)
        };
        let mut others: BTreeMap<(u32, u32), BTreeSet<u32>> = BTreeMap::new();
        for ((from, to), pairs) in pairs_behind(graph, &links) {
            if group_of.get(&from).is_none_or(|group| group_of.get(&to) != Some(group)) {
                continue;
            }
            for (importer, imported) in pairs {
                if is_directly(importer, from) {
                    others.entry((importer, to)).or_default().insert(imported);
                }
                if is_directly(imported, to) {
                    others.entry((imported, from)).or_default().insert(importer);
                }
            }
        }
        found.extend(
            others
                .into_iter()
                .map(|((module, part), others)| (others.len(), module, links.names[part as usize].clone())),
        );
    }
    found.sort_by(|left, right| {
        right.0.cmp(&left.0).then_with(|| (name(left.1), &left.2).cmp(&(name(right.1), &right.2)))
    });
    found.into_iter().map(|(_, module, target)| (module, target)).collect()
}

/// The relocation of a module to `target`; `None` if it should stay.
fn moved(
    graph: &Graph,
    facts: &Facts,
    importers: &[BTreeSet<u32>],
    module: u32,
    target: &str,
) -> Option<(Moved, usize, usize)> {
    let architecture = graph.architecture();
    let there = architecture.modules.get(module as usize)?;
    let known = facts.modules.get(module as usize)?;
    if there.is_package || known.bound.is_some() || !known.tables.is_empty() || !known.routes.is_empty() {
        return None;
    }
    let folder = architecture.folders.iter().position(|folder| folder.name == target)?;
    let (name, path) = (&architecture.folders[folder].name, &architecture.folders[folder].path);
    if name.is_empty() || name.contains('/') {
        return None;
    }
    let path = path.join(there.path.file_name()?);
    let name = format!("{name}.{}", there.path.file_stem()?);
    let is_taken = architecture.modules.iter().any(|other| other.path == path || other.name == name)
        || architecture.folders.iter().any(|other| other.name == name);
    if is_taken || !fits_layer(graph, module, folder as u32) {
        return None;
    }
    let (there, here) = users_of(graph, &importers[module as usize], module, folder as u32);
    // Most of its users are there, and twice as many as in its current place.
    let is_most = 2 * there >= importers[module as usize].len();
    (there > 0 && is_most && there >= 2 * here).then_some((
        Moved { module, path, name, folder: folder as u32 },
        there,
        here,
    ))
}

/// Whether the package contains modules of the layer of `module`, or of no certain one.
fn fits_layer(graph: &Graph, module: u32, folder: u32) -> bool {
    let architecture = graph.architecture();
    let own = architecture.modules[module as usize].layer;
    let inside = architecture.modules.iter().filter(|it| it.is_sure && is_below(graph, it.folder, folder));
    let layers: BTreeSet<&str> = inside.filter_map(|it| it.layer).collect();
    match own {
        Some("composition" | "presentation") => layers.iter().all(|layer| Some(*layer) == own),
        Some(own) => layers.is_empty() || layers.contains(own),
        None => true,
    }
}

/// How many modules of the package use a module, and how many of its current siblings do.
fn users_of(graph: &Graph, importers: &BTreeSet<u32>, module: u32, folder: u32) -> (usize, usize) {
    let architecture = graph.architecture();
    let home = architecture.modules[module as usize].folder;
    let within = |around: u32| {
        let inside = |it: &&u32| is_below(graph, architecture.modules[**it as usize].folder, around);
        importers.iter().filter(inside).count()
    };
    let there = within(folder);
    // A package around both is no evidence.
    let here = if is_below(graph, folder, home) { 0 } else { within(home) };
    (there, here)
}

fn is_below(graph: &Graph, folder: u32, around: u32) -> bool {
    let folders = &graph.architecture().folders;
    let mut at = Some(folder);
    while let Some(index) = at {
        if index == around {
            return true;
        }
        at = folders.get(index as usize).and_then(|folder| folder.parent);
    }
    false
}
