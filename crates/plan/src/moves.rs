//! The stage `moves`: modules and definitions in the wrong package.

use std::collections::{BTreeMap, BTreeSet};

use python::naming::counted;

use crate::cuts::{arrows, cost_of};
use crate::facts::{Command, Pair};
use crate::graph::{Effect, Graph};
use crate::make::Maker;
use crate::relocate::{Relocation, relocations};
use crate::steps::{Stage, Step};
use crate::ways::{Way, ways};

/// Limit on the definitions tried.
const TRIED: usize = 30;
/// Limit on the files that moving a definition may change: per removed dependency, and in addition.
const FILES: usize = 3;
/// A dependency on more names than this isn't fixed by moving one definition.
const NAMES: usize = 3;

/// The steps; the graph is updated to the state after them.
pub(crate) fn steps(maker: &Maker<'_>, graph: &mut Graph) -> Vec<Step> {
    let found = relocations(graph, maker.facts, maker.cost, maker.trial);
    let mut steps: Vec<Step> = found.into_iter().filter_map(|it| file(maker, it)).collect();
    let moved: BTreeSet<u32> =
        steps.iter().flat_map(|step| &step.effect.moved).map(|moved| moved.module).collect();
    steps.extend(definitions(maker, graph, &moved));
    steps
}

fn file(maker: &Maker<'_>, relocation: Relocation) -> Option<Step> {
    let Relocation { moved, target, cleared, files, there: there_count, here, users } = relocation;
    let there = maker.facts.architecture.modules.get(moved.module as usize)?;
    let title = format!("move `{}` into `{target}`", there.name);
    let verb = if cleared == 1 { "goes" } else { "go" };
    let why = format!(
        "it is used by {there_count} of its {users} importers there and by {here} where it is; {} that {} cycles {verb}",
        counted(cleared, "dependency"),
        if cleared == 1 { "closes" } else { "close" }
    );
    let mut step = Step::new(Stage::Moves, title, why, [there.name.as_str(), target.as_str()]);
    let command = Command::MoveFile { from: there.path.clone(), to: moved.path.clone() };
    step.effect = Effect { moved: vec![moved], ..Effect::default() };
    Some(step.done_by(command, files))
}

/// Definitions that belong further inside. Modules that move themselves are left alone.
fn definitions(maker: &Maker<'_>, graph: &mut Graph, moved: &BTreeSet<u32>) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let mut tried = 0;
    for (_, (module, name), users) in wanted(maker, graph) {
        if tried >= TRIED {
            break;
        }
        let is_open = |user: &&u32| graph.pairs().contains(&(**user, module));
        let Some(user) = users.iter().find(is_open) else { continue };
        if moved.contains(&module) || users.iter().any(|user| moved.contains(user)) {
            continue;
        }
        let Some(path) = maker.facts.path(module) else { continue };
        for target in maker.trial.homes(module, &name, *user) {
            tried += 1;
            let command = Command::MoveDefinition { file: path.to_owned(), name: name.clone(), target };
            let Ok((effect, files)) = maker.trial.refactor(&command) else { continue };
            let mut after = graph.clone();
            after.apply(&effect);
            let (was, is) = (arrows(graph, maker.cost), arrows(&after, maker.cost));
            let cleared = was.iter().map(|arrow| arrow.pairs.len()).sum::<usize>();
            let cleared = cleared.saturating_sub(is.iter().map(|arrow| arrow.pairs.len()).sum());
            if cleared == 0
                || files.len() > FILES + FILES * cleared
                || cost_of(&is, maker.cost) >= cost_of(&was, maker.cost)
                || after.wrong().len() > graph.wrong().len()
            {
                continue;
            }
            *graph = after;
            let why = format!(
                "{} that cycles are closed by: {}",
                counted(cleared, "dependency"),
                "who needs it has it further inside"
            );
            let words = command.words().unwrap_or_default();
            let mut step = Step::new(Stage::Moves, command.title(), why, [words.as_str()]);
            step.effect = effect;
            steps.push(step.done_by(command, files));
            break;
        }
    }
    steps
}

/// Definitions that backward dependencies need and that could be further inside, with their users; those with most
/// users first.
fn wanted(maker: &Maker<'_>, graph: &Graph) -> Vec<(usize, (u32, String), Vec<u32>)> {
    let mut users: BTreeMap<(u32, String), Vec<u32>> = BTreeMap::new();
    let backward = arrows(graph, maker.cost);
    let pairs: BTreeSet<Pair> = backward.iter().flat_map(|arrow| arrow.pairs.iter().copied()).collect();
    for pair in pairs {
        let ways = ways(maker.facts, pair);
        let names: usize = ways.values().map(Vec::len).sum();
        if names > NAMES {
            continue;
        }
        for used in ways.get(&Way::Down).into_iter().flatten().filter(|used| !used.name.is_empty()) {
            users.entry((pair.1, used.name.clone())).or_default().push(pair.0);
        }
    }
    let mut list: Vec<_> = users.into_iter().map(|(what, users)| (users.len(), what, users)).collect();
    list.sort_by(|left, right| right.0.cmp(&left.0).then_with(|| left.1.cmp(&right.1)));
    list
}
