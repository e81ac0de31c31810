//! The plan, made from facts.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use config::{Layer, Style};
use ide::architecture::Architecture;
use report::deps;
use serde::Serialize;

use crate::contexts::{self, Contexts};
use crate::cuts::Cost;
use crate::facts::{Aim, Facts, Pair};
use crate::graph::{Figures, Graph};
use crate::steps::{Stage, Step};
use crate::tally::Tally;
use crate::trial::Trial;
use crate::{cycles, freeze, moves, ports, splits, ways};

/// The version of the format: incremented when a field changes its meaning or is removed, not when one is added.
pub(crate) const SCHEMA: u32 = 1;

/// A plan.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Plan {
    /// [`SCHEMA`]
    pub schema: u32,
    /// The name of the project's folder.
    pub project: String,
    /// The style that it leads to, and why.
    pub aim: Aim,
    /// The number of test modules.
    pub tests: usize,
    /// The current metrics.
    pub before: Figures,
    /// The stages that have steps, in order.
    pub phases: Vec<Phase>,
    /// The metrics after the last step.
    pub after: Figures,
    /// Bounded contexts suggested by the code.
    pub contexts: Contexts,
}

/// One stage.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Phase {
    /// The stage.
    pub stage: Stage,
    /// Its purpose.
    pub about: &'static str,
    /// Its steps, small ones first.
    pub steps: Vec<Step>,
    /// The metrics after it.
    pub figures: Figures,
}

impl Plan {
    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.phases.is_empty()
    }

    /// All steps in order.
    pub fn steps(&self) -> impl Iterator<Item = &Step> {
        self.phases.iter().flat_map(|phase| &phase.steps)
    }
}

/// The data shared by all stages.
pub(crate) struct Maker<'m> {
    /// The facts.
    pub facts: &'m Facts,
    /// For trying refactorings.
    pub trial: &'m dyn Trial,
    /// The cost of removing a dependency.
    pub cost: Cost<'m>,
    /// The composition roots.
    pub roots: Roots,
}

/// The modules that compose a program each, the best first, with the modules that each imports, directly or not.
pub(crate) struct Roots {
    list: Vec<(u32, BTreeSet<u32>)>,
}

impl Roots {
    /// The one that runs a module: whoever doesn't import it, directly or not, can't hand it anything.
    pub(crate) fn of(&self, module: u32) -> Option<u32> {
        self.list.iter().find(|(_, reached)| reached.contains(&module)).map(|(root, _)| *root)
    }
}

impl Maker<'_> {
    /// Whether modules of the layer `from` may import those of `to`.
    pub(crate) fn may_import(&self, from: &str, to: &str) -> bool {
        let layer = |name: &str| Layer::ALL.into_iter().find(|layer| layer.as_str() == name);
        let style = Style::ALL.into_iter().find(|style| style.as_str() == self.facts.aim.style);
        let layers = layer(from).zip(layer(to));
        style.zip(layers).is_none_or(|(style, (from, to))| view::may_import(style, from, to))
    }
}

/// Makes the plan.
pub fn make(facts: &Facts, trial: &dyn Trial) -> Plan {
    let architecture = &facts.architecture;
    let first = Graph::new(architecture, &facts.aim.style, against(architecture));
    let fixed = fixed(&first);
    let cost = |pair: Pair| {
        let least = if fixed.contains(&pair.0) { FIXED } else { 0 };
        ways::hardest(facts, pair).cost().max(least)
    };
    let maker = Maker { facts, trial, cost: &cost, roots: roots(&first) };
    let mut graph = first.clone();
    let mut work = ports::steps(&maker, &mut graph);
    work.extend(moves::steps(&maker, &mut graph));
    work.extend(cycles::steps(&maker, &mut graph, &hubs(&first)));
    work.extend(splits::steps(facts));
    let mut steps = freeze::steps(&maker, &first, &work);
    steps.extend(work);
    let phases = arranged(facts, &first, steps);
    let before = first.figures();
    Plan {
        schema: SCHEMA,
        project: architecture.name.clone(),
        aim: facts.aim.clone(),
        tests: facts.tests,
        before,
        after: phases.last().map_or(before, |phase| phase.figures),
        phases,
        contexts: contexts::contexts(facts, &first),
    }
}

/// The cost of a dependency that can't be turned around by hand: more than those of a whole package.
const FIXED: u32 = 10_000;

/// Modules that a framework loads and no module imports: a table of URLs, a program. Nobody could hand them what they import.
fn fixed(graph: &Graph) -> BTreeSet<u32> {
    let imported: BTreeSet<u32> = graph.pairs().into_iter().map(|(_, to)| to).collect();
    let modules = graph.architecture().modules.iter().zip(0..);
    let outer = modules.filter(|(module, _)| matches!(module.layer, Some("composition" | "presentation")));
    outer.map(|(_, index)| index).filter(|index| !imported.contains(index)).collect()
}

/// The steps by stage, small ones first, with the metrics along the way.
fn arranged(facts: &Facts, first: &Graph, mut steps: Vec<Step>) -> Vec<Phase> {
    // Within a stage they are ordered by size, except for prerequisites.
    steps.sort_by(|left, right| {
        let size = |step: &Step| (step.stage, step.files.len(), step.edits.len());
        size(left).cmp(&size(right)).then_with(|| left.title.cmp(&right.title))
    });
    let mut steps = in_order(steps);
    let mut tally = Tally::new(facts, first);
    for step in &mut steps {
        tally.count(step);
    }
    let mut phases: Vec<Phase> = Vec::new();
    for step in steps {
        let figures = step.figures;
        match phases.last_mut().filter(|phase| phase.stage == step.stage) {
            Some(phase) => {
                phase.figures = figures;
                phase.steps.push(step);
            }
            None => {
                phases.push(Phase {
                    stage: step.stage,
                    about: step.stage.about(),
                    figures,
                    steps: vec![step],
                });
            }
        }
    }
    phases
}

/// The steps, each after its prerequisites; otherwise in the given order.
fn in_order(steps: Vec<Step>) -> Vec<Step> {
    let mut open = steps;
    let mut done: Vec<Step> = Vec::new();
    while !open.is_empty() {
        let is_open = |id: &String| open.iter().any(|step| step.id == *id);
        let ready = open.iter().position(|step| !step.after.iter().any(is_open));
        done.push(open.remove(ready.unwrap_or_default()));
    }
    done
}

/// The rules whose findings are imports against the direction of the layers.
const DIRECTION: [&str; 1] = ["layer-violation"];

/// The dependencies against the direction of the layers, including those that the baseline accepts.
fn against(architecture: &Architecture) -> BTreeSet<Pair> {
    let findings = architecture.violations.iter().filter(|finding| DIRECTION.contains(&finding.rule));
    let imports = findings.flat_map(|finding| &finding.imports);
    let all = imports.filter_map(|index| architecture.imports.get(*index as usize));
    all.filter(|import| deps::runs(import)).map(|import| (import.from, import.to)).collect()
}

/// The composition roots: the outermost composing modules first, of these the one with the most imports. One that imports
/// few packages only composes a part.
fn roots(graph: &Graph) -> Roots {
    const PACKAGES: usize = 3;
    let modules = &graph.architecture().modules;
    let mut imported: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
    for (from, to) in graph.pairs() {
        imported.entry(from).or_default().insert(to);
    }
    let packages = |module: u32| -> usize {
        let all = imported.get(&module).into_iter().flatten();
        all.map(|to| modules[*to as usize].folder).collect::<BTreeSet<u32>>().len()
    };
    let composing = modules.iter().zip(0..).filter(|(module, index)| {
        module.layer == Some("composition") && !module.is_package && packages(*index) >= PACKAGES
    });
    let mut found: Vec<u32> = composing.map(|(_, index)| index).collect();
    found.sort_by_key(|index| {
        let name = &modules[*index as usize].name;
        (name.matches('.').count(), Reverse(packages(*index)), name)
    });
    let reached = |root: u32| {
        let (mut open, mut found) = (vec![root], BTreeSet::new());
        while let Some(at) = open.pop() {
            open.extend(
                imported.get(&at).into_iter().flatten().filter(|to| **to != root && found.insert(**to)),
            );
        }
        (root, found)
    };
    Roots { list: found.into_iter().map(reached).collect() }
}

/// The parts in cycles that at least half of the others import.
fn hubs(graph: &Graph) -> BTreeSet<String> {
    let levels = deps::parts(graph.architecture());
    levels.iter().flat_map(|(_, links)| deps::hubs(links)).map(|hub| hub.name).collect()
}
