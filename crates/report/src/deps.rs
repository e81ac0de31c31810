//! Dependency reports: cycles with a plan to break them, levels, coupling, hubs, paths.
//!
//! Everything is computed from one [`ide::architecture::Architecture`], so the numbers are those of the editor's
//! picture.

mod coupling;
mod level;
mod links;
mod markdown;
mod matrix;
mod messages;
mod named;
mod path;
mod plan;
mod text;
mod tree;

use ide::architecture::Architecture;
use model::Project;
use serde::Serialize;
use workspace::Snapshot;

pub use coupling::{Classes, LessStable, Package, is_started};
pub use level::{Group, Hub, Level, hubs};
pub use links::{Links, runs};
pub use markdown::markdown;
pub use matrix::{Cell, Matrix};
pub use messages::MessageFlow;
pub use path::{Path, PathError, path};
pub use plan::{Cut, Plan, Step};
pub use text::text;

use crate::graph::{Import, When};

/// The report of one project.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Deps {
    /// The project's folder.
    pub project: String,
    /// The number of modules analysed.
    pub modules: usize,
    /// Imports between them that run: statements, counted once per module named.
    pub imports: usize,
    /// Modules with cyclic imports.
    pub cycles: Vec<Cycle>,
    /// Packages whose parts have cyclic imports, or that have a hub.
    pub levels: Vec<Level>,
    /// The coupling of each package.
    pub packages: Vec<Package>,
    /// Packages that depend on less stable ones.
    pub less_stable: Vec<LessStable>,
    /// Modules of an inner layer that nothing in the project imports.
    pub orphans: Vec<String>,
    /// Commands, queries and events, with who makes and who handles them.
    pub messages: Vec<MessageFlow>,
}

/// Modules with cyclic imports.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Cycle {
    /// Their names.
    pub modules: Vec<String>,
    /// A shortest cycle: each imports the next, and the last the first.
    pub shortest: Vec<String>,
    /// Whether module-level imports close it; otherwise imports inside functions do.
    pub at_import_time: bool,
    /// The imports whose removal breaks all cycles, cheapest first.
    pub cuts: Vec<Cut>,
    /// The same in steps.
    pub plan: Plan,
}

/// The reports of all projects that are open.
pub fn collect(snapshot: &Snapshot) -> Vec<(Architecture, Deps)> {
    snapshot.projects().iter().map(|project| of_project(snapshot, *project)).collect()
}

/// The report of one project, with what it was made from.
pub fn of_project(snapshot: &Snapshot, project: Project) -> (Architecture, Deps) {
    let architecture = ide::architecture::architecture(snapshot, project);
    let classes = coupling::classes(snapshot, project);
    let mut deps = deps(&architecture, &classes);
    let named = named::named(snapshot, project, &deps.orphans);
    deps.orphans.retain(|module| !named.contains(module));
    deps.messages = messages::messages(snapshot, project);
    (architecture, deps)
}

/// The parts of each package that has several (by index of its folder), with the run-time imports between them;
/// outermost packages first.
pub fn parts(architecture: &Architecture) -> Vec<(usize, Links)> {
    level::links(architecture, &tree::Tree::new(architecture))
}

/// The report of one project.
pub fn deps(architecture: &Architecture, classes: &Classes) -> Deps {
    let tree = tree::Tree::new(architecture);
    let levels = level::levels(architecture, &tree);
    let packages = coupling::packages(architecture, &tree, classes);
    let less_stable = coupling::less_stable(architecture, &levels, &packages);
    let cycles = cycles(architecture);
    let levels = levels.into_iter().map(|mut level| {
        // Sibling modules with cyclic imports are already reported as modules.
        level.groups.retain(|group| !cycles.iter().any(|cycle| holds(&cycle.modules, &group.members)));
        level
    });
    Deps {
        project: architecture.name.clone(),
        modules: architecture.modules.len(),
        imports: architecture.imports.iter().filter(|import| links::runs(import)).count(),
        levels: levels.filter(|level| !level.groups.is_empty() || !level.hubs.is_empty()).collect(),
        cycles,
        packages,
        less_stable,
        orphans: coupling::orphans(architecture),
        messages: Vec::new(),
    }
}

/// The dependency structure matrix of the parts of `package`; by default of the outermost package with several parts.
pub fn matrix(architecture: &Architecture, package: Option<&str>) -> Option<Matrix> {
    let tree = tree::Tree::new(architecture);
    let levels = level::links(architecture, &tree);
    let (folder, links) = chosen(architecture, levels, package)?;
    Some(matrix::matrix(architecture, architecture.folders[folder].name.clone(), &links))
}

/// The parts of `package` and their imports as a drawing, with the cyclic ones marked.
pub fn drawing(architecture: &Architecture, package: Option<&str>) -> Option<crate::graph::Graph> {
    let tree = tree::Tree::new(architecture);
    let (folder, links) = chosen(architecture, level::links(architecture, &tree), package)?;
    Some(level::drawing(architecture, folder, &links))
}

fn chosen(
    architecture: &Architecture,
    levels: Vec<(usize, links::Links)>,
    package: Option<&str>,
) -> Option<(usize, links::Links)> {
    let is_wanted = |folder: usize| {
        let folder = &architecture.folders[folder];
        package.is_none_or(|package| folder.name == package || folder.path == package.trim_end_matches('/'))
    };
    let wanted = levels.into_iter().filter(|(folder, links)| is_wanted(*folder) && !links.edges.is_empty());
    // Beside scripts and tools, the largest package is the one that is meant; of nested ones, the outermost.
    wanted.min_by_key(|(folder, _)| std::cmp::Reverse(architecture.folders[*folder].modules))
}

fn cycles(architecture: &Architecture) -> Vec<Cycle> {
    let names = |ids: &[u32]| -> Vec<String> {
        ids.iter().map(|id| architecture.modules[*id as usize].name.clone()).collect()
    };
    let described = architecture.cycles.iter().map(|cycle| {
        let counts = |import: &ide::architecture::Import| {
            links::runs(import) && (!cycle.at_import_time || When::from(import.when) == When::Load)
        };
        let links = links::Links::of_modules(architecture, &cycle.modules, counts);
        let cuts = local(&cycle.modules, &cycle.cuts);
        Cycle {
            modules: links.names.clone(),
            shortest: names(&cycle.shortest),
            at_import_time: cycle.at_import_time,
            cuts: cuts.iter().map(|(from, to)| plan::cut(architecture, &links, *from, *to)).collect(),
            plan: plan::staged(architecture, &links, &cuts),
        }
    });
    described.collect()
}

fn holds(all: &[String], members: &[String]) -> bool {
    members.iter().all(|member| all.contains(member))
}

/// Pairs of modules as indices into the sorted list of them.
fn local(modules: &[u32], pairs: &[(u32, u32)]) -> Vec<(u32, u32)> {
    let place = |id: &u32| modules.binary_search(id).ok().map(|place| place as u32);
    pairs.iter().filter_map(|(from, to)| Some((place(from)?, place(to)?))).collect()
}

/// One import of the architecture, with names.
fn import(architecture: &Architecture, index: u32) -> Import {
    Import::of(architecture, &architecture.imports[index as usize])
}
