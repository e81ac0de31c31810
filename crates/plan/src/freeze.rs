//! The stage `freeze`: the current problems are recorded, so that no new ones get in while they are fixed.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use report::deps;

use crate::cuts::{arrows, pairs_behind};
use crate::facts::{Command, Pair};
use crate::graph::Graph;
use crate::make::Maker;
use crate::steps::{Stage, Step};

/// The name of the contract.
const NAME: &str = "Packages stay free of cycles";
/// The file that contains it.
const FILE: &str = "architrave.toml";

/// The steps; empty if there is nothing else to do.
pub(crate) fn steps(maker: &Maker<'_>, first: &Graph, work: &[Step]) -> Vec<Step> {
    let frozen = &maker.facts.frozen;
    let mut steps = Vec::new();
    if work.is_empty() {
        return steps;
    }
    if let Some(text) = contract(maker, first, work) {
        let why =
            "new imports that close cycles between packages fail `architrave check`; those of today are its \
                   exceptions, and go with the steps"
                .to_owned();
        let title = format!("declare the contract \"{NAME}\" in `{FILE}`");
        let command = Command::Contract { file: FILE.into(), text };
        steps.push(Step::new(Stage::Freeze, title, why, [NAME]).done_by(command, vec![FILE.to_owned()]));
    }
    if !frozen.has_baseline {
        let why = "from then on `architrave check` fails on new findings only".to_owned();
        let file = ".architrave-baseline.json".to_owned();
        let mut step = Step::new(Stage::Freeze, "accept the findings of today".to_owned(), why, ["baseline"])
            .done_by(Command::Baseline, vec![file]);
        step.after = steps.iter().map(|step| step.id.clone()).collect();
        steps.push(step);
    }
    steps
}

/// The contract with the current cyclic dependencies as exceptions; `None` if there is one already, or no package has
/// parts in cycles.
fn contract(maker: &Maker<'_>, first: &Graph, work: &[Step]) -> Option<String> {
    if maker.facts.frozen.has_acyclic {
        return None;
    }
    let architecture = first.architecture();
    let levels = deps::parts(architecture);
    let cyclic = levels
        .iter()
        .filter(|(_, links)| !model::strong_groups(links.names.len(), &links.pairs()).is_empty());
    let names: BTreeSet<&str> = cyclic
        .map(|(folder, _)| architecture.folders[*folder].name.as_str())
        .filter(|name| !name.is_empty() && !name.contains('/'))
        .collect();
    // A package includes everything below it.
    let is_outermost = |name: &&str| {
        !names.iter().any(|other| name.strip_prefix(other).is_some_and(|rest| rest.starts_with('.')))
    };
    let ancestors: Vec<&str> = names.iter().copied().filter(is_outermost).collect();
    if ancestors.is_empty() {
        return None;
    }
    let mut rest = first.clone();
    let mut known: BTreeSet<Pair> = work.iter().flat_map(|step| step.effect.gone.iter().copied()).collect();
    known.extend(left_behind(first, work));
    rest.remove(&known);
    known.extend(arrows(&rest, maker.cost).into_iter().flat_map(|arrow| arrow.pairs));
    let name = |module: u32| architecture.modules.get(module as usize).map(|module| module.name.as_str());
    let exceptions: BTreeSet<String> =
        known.iter().filter_map(|(from, to)| Some(format!("{} -> {}", name(*from)?, name(*to)?))).collect();
    let mut text = format!("[[contracts]]\nname = \"{NAME}\"\ntype = \"acyclic\"\nancestors = [");
    text.push_str(&ancestors.iter().map(|name| format!("\"{name}\"")).collect::<Vec<String>>().join(", "));
    text.push_str("]\n");
    if !exceptions.is_empty() {
        text.push_str("ignore-imports = [\n");
        for exception in exceptions {
            // Writing to a string can't fail.
            let _ = writeln!(text, "    \"{exception}\",");
        }
        text.push_str("]\n");
    }
    Some(text)
}

/// The dependencies of moving modules on parts (and of parts on them) that have no arrow there once everything is done.
fn left_behind(first: &Graph, work: &[Step]) -> BTreeSet<Pair> {
    let mut last = first.clone();
    for step in work {
        last.apply(&step.effect);
    }
    let moved: BTreeSet<u32> =
        work.iter().flat_map(|step| &step.effect.moved).map(|moved| moved.module).collect();
    let kept: BTreeSet<(String, String)> = arrows_of(&last).into_keys().collect();
    let gone = arrows_of(first).into_iter().filter(|(arrow, _)| !kept.contains(arrow));
    let pairs = gone.flat_map(|(_, pairs)| pairs);
    pairs.filter(|(from, to)| moved.contains(from) || moved.contains(to)).collect()
}

/// The arrows between parts of packages, by name, with the dependencies behind them.
fn arrows_of(graph: &Graph) -> BTreeMap<(String, String), BTreeSet<Pair>> {
    let mut all = BTreeMap::new();
    for (_, links) in deps::parts(graph.architecture()) {
        for ((from, to), pairs) in pairs_behind(graph, &links) {
            let arrow = (links.names[from as usize].clone(), links.names[to as usize].clone());
            all.insert(arrow, pairs);
        }
    }
    all
}
