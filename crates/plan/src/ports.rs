//! The stage `ports`: imports against the direction of the layers, inverted by a refactoring where possible, otherwise
//! by instructions.

use std::collections::{BTreeMap, BTreeSet};

use python::naming::counted;

use crate::bundle::{Bundle, bundles};
use crate::cuts::{Arrow, arrows, cost_of};
use crate::cycles::by_hand;
use crate::facts::{Command, Pair};
use crate::graph::Graph;
use crate::make::Maker;
use crate::steps::{Stage, Step};

/// The steps; the graph is updated to the state after them.
pub(crate) fn steps(maker: &Maker<'_>, graph: &mut Graph) -> Vec<Step> {
    let mut steps = offered(maker, graph);
    let left: Vec<Arrow> = graph.wrong().iter().filter_map(|pair| arrow(graph, *pair)).collect();
    for bundle in bundles(&left) {
        let step = inverted(maker, graph, &bundle);
        graph.apply(&step.effect);
        steps.push(step);
    }
    steps
}

/// The fixes of findings, each tried: those that remove wrong dependencies and add no new cycle.
fn offered(maker: &Maker<'_>, graph: &mut Graph) -> Vec<Step> {
    let mut by_command: BTreeMap<&Command, BTreeSet<Pair>> = BTreeMap::new();
    for offer in &maker.facts.offers {
        by_command.entry(&offer.command).or_default().insert(offer.pair);
    }
    let mut steps = Vec::new();
    for (command, pairs) in by_command {
        if !pairs.iter().any(|pair| graph.wrong().contains(pair)) {
            continue;
        }
        let Ok((effect, files)) = maker.trial.refactor(command) else { continue };
        let mut after = graph.clone();
        after.apply(&effect);
        let backward = |graph: &Graph| cost_of(&arrows(graph, maker.cost), maker.cost);
        let cleared = graph.wrong().len().saturating_sub(after.wrong().len());
        if cleared == 0 || backward(&after) > backward(graph) {
            continue;
        }
        *graph = after;
        let words = command.words().unwrap_or_default();
        let why = format!(
            "{} against the direction of the layers {}",
            counted(cleared, "dependency"),
            goes(cleared)
        );
        let mut step = Step::new(Stage::Ports, command.title(), why, [words.as_str()]);
        step.effect = effect;
        steps.push(step.done_by(command.clone(), files));
    }
    steps
}

fn inverted(maker: &Maker<'_>, graph: &Graph, bundle: &Bundle) -> Step {
    let layer = |name: &str| {
        let found = graph.architecture().modules.iter().find(|module| module.name == name);
        found.and_then(|module| module.layer).unwrap_or("code without a layer")
    };
    let mut directions: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for arrow in &bundle.arrows {
        *directions.entry((layer(&arrow.from), layer(&arrow.to))).or_default() += arrow.pairs.len();
    }
    let told = directions.iter().map(|((from, to), count)| {
        // If the direction between layers is fine, the violation is one of shared code.
        if from == to || maker.may_import(from, to) {
            format!("what others rest on imports one of them ({count})")
        } else {
            format!("{from} imports {to} ({count})")
        }
    });
    let why = format!(
        "against the direction of the {} style: {}",
        maker.facts.aim.style,
        told.collect::<Vec<String>>().join(", ")
    );
    let about: Vec<&str> =
        bundle.arrows.iter().flat_map(|arrow| [arrow.from.as_str(), arrow.to.as_str()]).collect();
    let mut step = Step::new(Stage::Ports, bundle.title(), why, about);
    by_hand(maker, graph, &mut step, bundle);
    step
}

fn arrow(graph: &Graph, pair: Pair) -> Option<Arrow> {
    let name = |module: u32| graph.architecture().modules.get(module as usize).map(|it| it.name.clone());
    Some(Arrow { package: None, from: name(pair.0)?, to: name(pair.1)?, pairs: vec![pair] })
}

fn goes(count: usize) -> &'static str {
    if count == 1 { "goes" } else { "go" }
}
