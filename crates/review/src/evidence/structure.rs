//! The shape of the project: its style, its layers, and the packages that import each other in cycles, with the figures of
//! `architrave deps` and the diagrams.

use std::collections::BTreeSet;

use model::Project;
use report::deps::{Deps, Step, runs};
use report::graph::When;
use workspace::Snapshot;

use crate::claim::Place;

/// The shape of the project.
#[derive(Debug, Clone, Default)]
pub struct Structure {
    /// The style of most modules: `layered`; empty if unknown.
    pub style: String,
    /// The layers with their number of modules, from top to bottom; those without a layer last, without a name.
    pub layers: Vec<(Option<&'static str>, u32)>,
    /// Imports that run, from a module whose layer is sure to one of another layer that is sure.
    pub between: usize,
    /// Those of them that a rule of layers reports loudly, accepted ones too.
    pub against: usize,
    /// Those that it reports at any level.
    pub doubtful: usize,
    /// Bounded contexts, with their number of modules.
    pub contexts: Vec<(String, usize)>,
    /// Packages whose parts import each other in cycles, outermost first.
    pub tangles: Vec<Tangle>,
    /// Modules in cycles of imports.
    pub modules_in_cycles: usize,
    /// Each module that has a layer, by path, with it.
    pub layer_of: Vec<(String, &'static str)>,
}

/// Parts of one package that import each other in cycles.
#[derive(Debug, Clone)]
pub struct Tangle {
    /// The package.
    pub package: String,
    /// How many parts it has.
    pub parts: usize,
    /// Those in the cycles.
    pub members: Vec<String>,
    /// Imports between these.
    pub imports: usize,
    /// Parts in the cycles that at least half of all parts import, with their number of importers.
    pub hubs: Vec<(String, usize)>,
    /// How many imports must change at least, as far as the plan knows: statements, as those of `imports`.
    pub cut: usize,
    /// The first step of the plan.
    pub first: Option<First>,
}

/// The first step of a plan to open cycles.
#[derive(Debug, Clone)]
pub struct First {
    /// What it says; `None` if it is about several parts.
    pub title: Option<String>,
    /// The statements that change.
    pub places: Vec<Place>,
}

/// The shape of `project`.
pub(super) fn structure(snapshot: &Snapshot, project: Project) -> Structure {
    let (architecture, deps) = report::deps::of_project(snapshot, project);
    let sure = |module: u32| Some(&architecture.modules[module as usize]).filter(|it| it.is_sure)?.layer;
    let is_between =
        |from: u32, to: u32| sure(from).is_some() && sure(to).is_some() && sure(from) != sure(to);
    let reported = |is_loud: bool| {
        let of_rule = architecture.violations.iter().filter(|it| it.rule == "layer-violation");
        let heard = of_rule.filter(|it| !is_loud || matches!(it.level, "error" | "warning"));
        heard.flat_map(|it| it.imports.iter().copied()).collect::<BTreeSet<u32>>().len()
    };
    let mut contexts: Vec<(String, usize)> = Vec::new();
    for context in architecture.modules.iter().filter_map(|it| it.context.clone()) {
        match contexts.iter_mut().find(|(name, _)| *name == context) {
            Some((_, count)) => *count += 1,
            None => contexts.push((context, 1)),
        }
    }
    let modules = architecture.modules.iter();
    Structure {
        style: architecture.style.clone(),
        layers: architecture.lanes.iter().map(|it| (it.layer, it.modules)).collect(),
        between: architecture.imports.iter().filter(|it| runs(it) && is_between(it.from, it.to)).count(),
        against: reported(true),
        doubtful: reported(false),
        contexts,
        tangles: tangles(&deps),
        modules_in_cycles: deps.cycles.iter().map(|it| it.modules.len()).sum(),
        layer_of: modules.filter_map(|it| Some((it.path.to_string(), it.layer?))).collect(),
    }
}

/// The packages whose parts import each other in cycles; modules of one package that do are findings of a rule.
fn tangles(deps: &Deps) -> Vec<Tangle> {
    let mut found = Vec::new();
    for level in &deps.levels {
        for group in &level.groups {
            let hubs = level.hubs.iter().filter(|hub| group.members.contains(&hub.name));
            let changed = |step: &Step| -> Vec<Place> {
                let imports = step.cuts.iter().flat_map(|it| &it.imports);
                let places = imports.filter(|it| it.when != When::Types).map(|it| {
                    Place::new(it.file.clone(), it.line)
                        .note(format!("`{}` imports `{}`", it.importer, it.imported))
                });
                places.collect()
            };
            let first = group.plan.steps.first().map(|step| First {
                title: (step.about.is_some() || step.cuts.len() == 1).then(|| step.title()),
                places: changed(step),
            });
            found.push(Tangle {
                package: level.package.clone(),
                parts: level.parts,
                members: group.members.clone(),
                imports: group.imports,
                hubs: hubs.map(|it| (it.name.clone(), it.imported_by)).collect(),
                cut: group.plan.steps.iter().map(|it| changed(it).len()).sum(),
                first,
            });
        }
    }
    found
}
