//! The stages `hubs` and `cuts`: the arrows that close cycles, in manual steps.

use std::collections::{BTreeMap, BTreeSet};

use crate::bundle::{Bundle, bundles};
use crate::cuts::{Arrow, arrows};
use crate::graph::{Effect, Graph};
use crate::make::Maker;
use crate::steps::{Stage, Step};
use crate::words;

/// The steps; the graph is updated to the state after them. A hub's imports of its importers belong to the stage
/// `hubs`.
pub(crate) fn steps(maker: &Maker<'_>, graph: &mut Graph, hubs: &BTreeSet<String>) -> Vec<Step> {
    let all = arrows(graph, maker.cost);
    let mut by_package: BTreeMap<Option<String>, Vec<Arrow>> = BTreeMap::new();
    for arrow in all {
        by_package.entry(arrow.package.clone()).or_default().push(arrow);
    }
    let mut steps = Vec::new();
    for (package, arrows) in by_package {
        let (of_hubs, others): (Vec<Arrow>, Vec<Arrow>) =
            arrows.into_iter().partition(|arrow| hubs.contains(&arrow.from));
        for (stage, arrows) in [(Stage::Hubs, of_hubs), (Stage::Cuts, others)] {
            let bundles = bundles(&arrows);
            steps.extend(bundles.iter().map(|bundle| step(maker, graph, stage, package.as_deref(), bundle)));
        }
    }
    for step in &steps {
        graph.apply(&step.effect);
    }
    steps
}

fn step(maker: &Maker<'_>, graph: &Graph, stage: Stage, package: Option<&str>, bundle: &Bundle) -> Step {
    let pairs = bundle.pairs();
    let around = package.map_or_else(
        || "a package and what it holds import each other".to_owned(),
        |package| {
            let package =
                if package.is_empty() { "the top level".to_owned() } else { format!("`{package}`") };
            format!("parts of {package} import each other in cycles")
        },
    );
    let each = if pairs == 1 { "this dependency points" } else { "these dependencies point" };
    let why = match (bundle.arrows.first(), stage) {
        (Some(Arrow { from, .. }), Stage::Hubs) => {
            format!("at least half of what lies beside `{from}` imports it; {each} back from there")
        }
        _ => format!("{around}; {each} backwards in the order in which least does"),
    };
    let about: Vec<&str> =
        bundle.arrows.iter().flat_map(|arrow| [arrow.from.as_str(), arrow.to.as_str()]).collect();
    let mut step = Step::new(stage, bundle.title(), why, about);
    by_hand(maker, graph, &mut step, bundle);
    step
}

/// Fills in what changes when the arrows of a bundle are removed manually. Modules have the names that they have in
/// `graph`, after the steps before.
pub(crate) fn by_hand(maker: &Maker<'_>, graph: &Graph, step: &mut Step, bundle: &Bundle) {
    let pairs: BTreeSet<_> = bundle.arrows.iter().flat_map(|arrow| arrow.pairs.iter().copied()).collect();
    let shared = words::shared(maker.facts, graph, &pairs);
    let edits = pairs.iter().filter_map(|pair| words::edit(maker, graph, *pair, &shared));
    step.edits = edits.collect();
    let mut files: BTreeSet<String> = BTreeSet::new();
    for edit in &step.edits {
        let path = |module: u32| maker.facts.path(module).map(ToString::to_string);
        files.extend(path(edit.pair.0));
        if edit.ways.iter().any(|(way, _)| way.changes_the_imported()) {
            files.extend(path(edit.pair.1));
        }
    }
    step.files = files.into_iter().collect();
    let added = pairs.iter().flat_map(|pair| words::direct(maker.facts, graph, *pair)).collect();
    step.effect = Effect { gone: pairs.into_iter().collect(), added, ..Effect::default() };
}
