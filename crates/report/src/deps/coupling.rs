//! The coupling of packages: Ca, Ce, instability, abstractness, distance from the main sequence.

use std::collections::{BTreeMap, BTreeSet};

use ide::architecture::Architecture;
use model::{PathRole, Project};
use serde::Serialize;
use workspace::Snapshot;

use super::level::Level;
use super::links::runs;
use super::tree::Tree;

/// The minimum difference in stability for a report.
const MUCH: f64 = 0.3;
/// The minimum number of importers for a package's stability to matter.
const MIN_IMPORTERS: u32 = 3;

/// Classes per file: their number, and how many of them are ports (Protocols, ABCs, classes of stubs).
pub type Classes = BTreeMap<String, (u32, u32)>;

/// One package.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Package {
    /// Its dotted name.
    pub name: String,
    /// Modules in it, at any depth.
    pub modules: usize,
    /// Ca: modules outside that import it.
    pub afferent: u32,
    /// Ce: modules outside that it imports.
    pub efferent: u32,
    /// Ce / (Ca + Ce); `None` without coupling.
    pub instability: Option<f64>,
    /// Share of its classes that are ports; `None` if it has no classes.
    pub abstractness: Option<f64>,
    /// Distance from the main sequence; `None` if one of the two is unknown.
    pub distance: Option<f64>,
}

/// A package that depends on a less stable one.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LessStable {
    /// The one that others rely on.
    pub importer: String,
    /// The less stable one.
    pub imported: String,
    /// Instability of the first.
    pub importer_instability: f64,
    /// Instability of the second.
    pub imported_instability: f64,
    /// Imports from the first to the second.
    pub imports: usize,
}

/// The classes of each file of a project.
pub(super) fn classes(snapshot: &Snapshot, project: Project) -> Classes {
    let db = snapshot.db();
    let modules = model::query::modules(db, project);
    let interfaces = model::query::interfaces(db, project);
    let mut ports: BTreeMap<model::ModuleId, u32> = BTreeMap::new();
    for port in interfaces.ports() {
        *ports.entry(port.module).or_default() += 1;
    }
    let code = modules.iter().filter(|(_, info)| info.role == PathRole::Code);
    code.map(|(id, info)| {
        let definitions = python::query::definitions(db, info.file);
        let all = definitions.classes().filter(|(_, class)| class.scope == python::Scope::Module).count();
        (info.path.to_string(), (all as u32, ports.get(&id).copied().unwrap_or_default()))
    })
    .filter(|(_, (all, _))| *all > 0)
    .collect()
}

pub(super) fn packages(architecture: &Architecture, tree: &Tree, classes: &Classes) -> Vec<Package> {
    #[derive(Default)]
    struct Sides {
        modules: usize,
        classes: u32,
        ports: u32,
        afferent: BTreeSet<u32>,
        efferent: BTreeSet<u32>,
    }
    let mut sides: Vec<Sides> = architecture.folders.iter().map(|_| Sides::default()).collect();
    for (index, module) in architecture.modules.iter().enumerate() {
        let (all, ports) = classes.get(module.path.as_str()).copied().unwrap_or_default();
        for folder in tree.folders(index as u32) {
            let side = &mut sides[folder as usize];
            side.modules += 1;
            side.classes += all;
            side.ports += ports;
        }
    }
    for import in architecture
        .imports
        .iter()
        .filter(|import| import.when != ide::architecture::ImportTime::TypeChecking)
    {
        let (from, to): (Vec<u32>, Vec<u32>) =
            (tree.folders(import.from).collect(), tree.folders(import.to).collect());
        for folder in from.iter().filter(|folder| !to.contains(folder)) {
            sides[*folder as usize].efferent.insert(import.to);
        }
        for folder in to.iter().filter(|folder| !from.contains(folder)) {
            sides[*folder as usize].afferent.insert(import.from);
        }
    }
    let mut packages: Vec<Package> = architecture
        .folders
        .iter()
        .zip(sides)
        .filter(|(folder, _)| is_package(&folder.name))
        .map(|(folder, side)| {
            let (afferent, efferent) = (side.afferent.len() as u32, side.efferent.len() as u32);
            let instability = model::Coupling { afferent, efferent }.instability();
            let abstractness = (side.classes > 0).then(|| f64::from(side.ports) / f64::from(side.classes));
            let distance = instability.zip(abstractness).map(|(i, a)| (a + i - 1.0).abs());
            Package {
                name: folder.name.clone(),
                modules: side.modules,
                afferent,
                efferent,
                instability,
                abstractness,
                distance,
            }
        })
        .collect();
    packages.sort_by(|left, right| left.name.cmp(&right.name));
    packages
}

/// Whether a folder has a dotted name, rather than the path of a folder above packages.
fn is_package(name: &str) -> bool {
    !name.is_empty() && !name.contains('/')
}

/// Arrows between sibling packages where many rely on the importer and the imported one changes far more easily.
/// Excludes composition, and imports in cycles, which are already reported.
pub(super) fn less_stable(
    architecture: &Architecture,
    levels: &[Level],
    packages: &[Package],
) -> Vec<LessStable> {
    let by_name: BTreeMap<&str, &Package> = packages.iter().map(|it| (it.name.as_str(), it)).collect();
    let composes: BTreeSet<&str> = architecture
        .modules
        .iter()
        .filter(|module| module.layer == Some("composition"))
        .map(|module| architecture.folders[module.folder as usize].name.as_str())
        .collect();
    let mut found = Vec::new();
    for level in levels {
        for (from, to, imports) in &level.edges {
            let is_cyclic =
                level.groups.iter().any(|group| group.members.contains(from) && group.members.contains(to));
            let (Some(from), Some(to)) = (by_name.get(from.as_str()), by_name.get(to.as_str())) else {
                continue;
            };
            let (Some(stable), Some(other)) = (from.instability, to.instability) else { continue };
            if is_cyclic
                || from.afferent < MIN_IMPORTERS
                || other - stable < MUCH
                || composes.contains(to.name.as_str())
            {
                continue;
            }
            found.push(LessStable {
                importer: from.name.clone(),
                imported: to.name.clone(),
                importer_instability: stable,
                imported_instability: other,
                imports: *imports,
            });
        }
    }
    found.sort_by(|left, right| {
        let gap = |it: &LessStable| it.imported_instability - it.importer_instability;
        gap(right).total_cmp(&gap(left)).then_with(|| left.importer.cmp(&right.importer))
    });
    found
}

/// Files that a framework or a user starts, by the last part of their names.
const STARTED: [&str; 23] = [
    "__main__",
    "main",
    "manage",
    "wsgi",
    "asgi",
    "settings",
    "conf",
    "config",
    "admin",
    "apps",
    "models",
    "urls",
    "signals",
    "receivers",
    "tasks",
    "checks",
    "cli",
    "setup",
    "noxfile",
    "celery",
    "worker",
    "env",
    "app",
];

/// Whether a framework or a user finds a module by its name or place, without an import.
pub fn is_started(module: &ide::architecture::Module) -> bool {
    let last = module.name.rsplit('.').next().unwrap_or_default();
    STARTED.contains(&last)
        || last.starts_with("test")
        // Can't be imported: a migration whose name starts with a number.
        || last.starts_with(|it: char| it.is_ascii_digit())
        || module.path.components().any(|part| matches!(part.as_str(), "commands" | "templatetags" | "scripts"))
}

/// Modules of an inner layer that nothing imports. Files that frameworks find by name or place are not orphans.
pub(super) fn orphans(architecture: &Architecture) -> Vec<String> {
    let imported: BTreeSet<u32> = architecture.imports.iter().map(|import| import.to).collect();
    let is_inner = |module: &ide::architecture::Module| {
        module.is_sure && matches!(module.layer, Some("domain" | "application" | "shared"))
    };
    let modules = architecture.modules.iter().enumerate();
    let alone = modules.filter(|(index, module)| {
        !imported.contains(&(*index as u32)) && !module.is_package && is_inner(module) && !is_started(module)
    });
    let ran: BTreeSet<u32> = architecture.imports.iter().filter(|it| runs(it)).map(|it| it.from).collect();
    // A file without imports may be data, which is irrelevant to the architecture.
    alone.filter(|(index, _)| ran.contains(&(*index as u32))).map(|(_, module)| module.name.clone()).collect()
}
