//! What each step resolves, adds and risks, computed in order.

use std::collections::{BTreeMap, BTreeSet};

use report::deps;

use crate::facts::{Facts, Pair};
use crate::graph::Graph;
use crate::steps::Step;

/// The rule whose findings are groups of modules.
const CYCLES: &str = "circular-import";

/// An unresolved finding about imports.
struct Open {
    rule: &'static str,
    about: About,
}

enum About {
    /// Dependencies.
    Pairs(BTreeSet<Pair>),
    /// Modules with cyclic imports.
    Modules(BTreeSet<u32>),
}

/// The state so far.
pub(crate) struct Tally<'f> {
    facts: &'f Facts,
    first: Graph,
    graph: Graph,
    open: Vec<Open>,
    importers: BTreeMap<u32, BTreeSet<u32>>,
    by_path: BTreeMap<&'f str, u32>,
    /// The step that moves or creates a module, by the module's index.
    movers: BTreeMap<u32, String>,
}

impl<'f> Tally<'f> {
    /// The state before any step.
    pub(crate) fn new(facts: &'f Facts, first: &Graph) -> Self {
        let architecture = &facts.architecture;
        let open = architecture.violations.iter().map(|finding| {
            let imports =
                finding.imports.iter().filter_map(|index| architecture.imports.get(*index as usize));
            let pairs = imports.filter(|import| deps::runs(import)).map(|import| (import.from, import.to));
            let about = if finding.rule == CYCLES {
                About::Modules(finding.modules.iter().copied().collect())
            } else {
                About::Pairs(pairs.collect())
            };
            Open { rule: finding.rule, about }
        });
        let mut importers: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
        for (from, to) in first.pairs() {
            importers.entry(to).or_default().insert(from);
        }
        let paths = architecture.modules.iter().zip(0..);
        Self {
            facts,
            open: open.filter(|open| !open.about.is_nothing()).collect(),
            importers,
            by_path: paths.map(|(module, index)| (module.path.as_str(), index)).collect(),
            movers: BTreeMap::new(),
            graph: first.clone(),
            first: first.clone(),
        }
    }

    /// Applies a step and fills in what depends on the order.
    pub(crate) fn count(&mut self, step: &mut Step) {
        let wrong_before = self.graph.wrong().clone();
        let groups_before = self.graph.module_groups();
        self.graph.apply(&step.effect);
        step.figures = self.graph.figures();
        let mut alone = self.first.clone();
        alone.apply(&step.effect);
        step.alone = alone.figures();
        let groups = self.graph.module_groups();
        let pairs = self.graph.pairs();
        let mut clears: BTreeMap<&str, usize> = BTreeMap::new();
        self.open.retain(|open| {
            let is_there = match &open.about {
                About::Pairs(of) => of.iter().any(|pair| pairs.contains(pair)),
                About::Modules(of) => groups.iter().any(|group| shared(group, of) > 1),
            };
            if !is_there {
                *clears.entry(open.rule).or_default() += 1;
            }
            is_there
        });
        for (rule, count) in clears {
            step.clears.push((rule.to_owned(), count));
        }
        let new_wrong = self.graph.wrong().difference(&wrong_before).count();
        let is_new = |group: &&Vec<u32>| {
            let of: BTreeSet<u32> = group.iter().copied().collect();
            !groups_before.iter().any(|before| shared(before, &of) == of.len())
        };
        let new_cycles = groups.iter().filter(is_new).count();
        for (rule, count) in [("layer-violation", new_wrong), (CYCLES, new_cycles)] {
            if count > 0 {
                step.opens.push((rule.to_owned(), count));
            }
        }
        self.risk(step);
    }

    fn risk(&mut self, step: &mut Step) {
        let changed: BTreeSet<u32> =
            step.files.iter().filter_map(|path| self.by_path.get(path.as_str()).copied()).collect();
        let importers = changed.iter().filter_map(|module| self.importers.get(module)).flatten();
        step.dependants = importers.filter(|module| !changed.contains(module)).collect::<BTreeSet<_>>().len();
        let is_untested = |module: &&u32| !self.facts.modules[**module as usize].is_tested;
        let name = |module: &u32| self.facts.architecture.modules[*module as usize].name.clone();
        step.untested = changed.iter().filter(is_untested).map(name).collect();
        for edit in &step.edits {
            for module in [edit.pair.0, edit.pair.1] {
                if let Some(id) = self.movers.get(&module).filter(|id| !step.after.contains(id)) {
                    step.after.push(id.clone());
                }
            }
        }
        for moved in &step.effect.moved {
            self.movers.insert(moved.module, step.id.clone());
        }
    }
}

impl About {
    fn is_nothing(&self) -> bool {
        match self {
            Self::Pairs(pairs) => pairs.is_empty(),
            Self::Modules(modules) => modules.is_empty(),
        }
    }
}

fn shared(group: &[u32], of: &BTreeSet<u32>) -> usize {
    group.iter().filter(|module| of.contains(module)).count()
}
