//! The architecture as it would be: with modules moved, and imports removed or added.
//!
//! Its metrics are computed like those of `deps`, from the same parts and the same groups.

use std::collections::{BTreeMap, BTreeSet};

use camino::Utf8PathBuf;
use config::{Layer, Style};
use ide::architecture::{Architecture, Import, ImportTime};
use report::deps;
use serde::Serialize;

use crate::facts::Pair;

/// Metrics of an architecture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Figures {
    /// Modules.
    pub modules: usize,
    /// Pairs of modules of which one imports the other, at module level or in a function.
    pub dependencies: usize,
    /// Groups of modules with cyclic imports.
    pub module_cycles: usize,
    /// Modules in those groups.
    pub modules_in_cycles: usize,
    /// Groups of sibling packages with cyclic imports.
    pub package_cycles: usize,
    /// Packages (and sibling modules) in those groups.
    pub packages_in_cycles: usize,
    /// Dependencies against the direction of the layers.
    pub layer_violations: usize,
}

impl Figures {
    /// Whether there is no cycle and no violation.
    pub fn are_clean(&self) -> bool {
        self.module_cycles + self.package_cycles + self.layer_violations == 0
    }
}

/// A module that moves, by index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// The module.
    pub module: u32,
    /// Its new path.
    pub path: Utf8PathBuf,
    /// Its new dotted name.
    pub name: String,
    /// Its new folder, by index.
    pub folder: u32,
}

/// A new module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Created {
    /// Its path.
    pub path: Utf8PathBuf,
    /// Its dotted name.
    pub name: String,
    /// Its folder, by index.
    pub folder: u32,
}

/// The effect of a step on the graph. Modules are referred to by name, so that steps can refer to modules created by
/// others.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Effect {
    /// Removed dependencies.
    pub gone: Vec<Pair>,
    /// Added dependencies, by names of modules.
    pub added: Vec<(String, String)>,
    /// Moved modules.
    pub moved: Vec<Moved>,
    /// Created modules.
    pub created: Vec<Created>,
}

/// The graph at one stage of the plan.
#[derive(Debug, Clone)]
pub(crate) struct Graph {
    architecture: Architecture,
    wrong: BTreeSet<Pair>,
    style: Option<Style>,
    folders: BTreeSet<String>,
    by_name: BTreeMap<String, u32>,
}

impl Graph {
    /// The current graph, with the dependencies against the direction of the layers.
    pub(crate) fn new(architecture: &Architecture, style: &str, wrong: BTreeSet<Pair>) -> Self {
        let by_name = architecture.modules.iter().zip(0..);
        Self {
            wrong,
            style: Style::ALL.into_iter().find(|it| it.as_str() == style),
            folders: architecture.folders.iter().map(|folder| folder.name.clone()).collect(),
            by_name: by_name.map(|(module, index)| (module.name.clone(), index)).collect(),
            architecture: architecture.clone(),
        }
    }

    /// As an architecture. Its cycles, violations and picture are still the old ones.
    pub(crate) fn architecture(&self) -> &Architecture {
        &self.architecture
    }

    /// The dependencies against the direction of the layers.
    pub(crate) fn wrong(&self) -> &BTreeSet<Pair> {
        &self.wrong
    }

    /// Pairs of modules of which one imports the other at run time.
    pub(crate) fn pairs(&self) -> BTreeSet<Pair> {
        let imports = self.architecture.imports.iter().filter(|import| deps::runs(import));
        imports.map(|import| (import.from, import.to)).collect()
    }

    /// Applies the effect of a step.
    pub(crate) fn apply(&mut self, effect: &Effect) {
        for created in &effect.created {
            if self.by_name.contains_key(&created.name) {
                continue;
            }
            self.by_name.insert(created.name.clone(), self.architecture.modules.len() as u32);
            self.architecture.modules.push(ide::architecture::Module {
                name: created.name.clone(),
                path: created.path.clone(),
                folder: created.folder,
                layer: None,
                confidence: None,
                is_sure: false,
                reason: None,
                context: None,
                is_package: created.path.file_stem() == Some("__init__"),
            });
        }
        for moved in &effect.moved {
            let Some(module) = self.architecture.modules.get_mut(moved.module as usize) else { continue };
            module.name.clone_from(&moved.name);
            module.path.clone_from(&moved.path);
            module.folder = moved.folder;
            self.by_name.insert(moved.name.clone(), moved.module);
        }
        self.remove(&effect.gone.iter().copied().collect());
        for (from, to) in &effect.added {
            if let (Some(from), Some(to)) = (self.by_name.get(from), self.by_name.get(to)) {
                let (from, to) = (*from, *to);
                let import = Import { from, to, line: 0, when: ImportTime::Load, names: Vec::new() };
                self.architecture.imports.push(import);
                if self.is_against(from, to) {
                    self.wrong.insert((from, to));
                }
            }
        }
    }

    /// Whether a new dependency would be against the direction of the layers.
    fn is_against(&self, from: u32, to: u32) -> bool {
        let layer = |module: u32| {
            let module = self.architecture.modules.get(module as usize).filter(|module| module.is_sure)?;
            Layer::ALL.into_iter().find(|layer| Some(layer.as_str()) == module.layer)
        };
        let layers = layer(from).zip(layer(to));
        self.style.zip(layers).is_some_and(|(style, (from, to))| !view::may_import(style, from, to))
    }

    /// Removes dependencies.
    pub(crate) fn remove(&mut self, gone: &BTreeSet<Pair>) {
        if gone.is_empty() {
            return;
        }
        let is_kept = |import: &Import| !deps::runs(import) || !gone.contains(&(import.from, import.to));
        self.architecture.imports.retain(is_kept);
        self.wrong.retain(|pair| !gone.contains(pair));
    }

    /// The metrics.
    pub(crate) fn figures(&self) -> Figures {
        let pairs: Vec<Pair> = self.pairs().into_iter().collect();
        let modules = model::strong_groups(self.architecture.modules.len(), &pairs);
        let is_package = |name: &String| self.folders.contains(name);
        let mut packages = (0, 0);
        for (_, links) in deps::parts(&self.architecture) {
            for group in model::strong_groups(links.names.len(), &links.pairs()) {
                if group.iter().any(|node| is_package(&links.names[*node as usize])) {
                    packages.0 += 1;
                    packages.1 += group.len();
                }
            }
        }
        Figures {
            modules: self.architecture.modules.len(),
            dependencies: pairs.len(),
            module_cycles: modules.len(),
            modules_in_cycles: modules.iter().map(Vec::len).sum(),
            package_cycles: packages.0,
            packages_in_cycles: packages.1,
            layer_violations: self.wrong.len(),
        }
    }

    /// The groups of modules with cyclic imports.
    pub(crate) fn module_groups(&self) -> Vec<Vec<u32>> {
        let pairs: Vec<Pair> = self.pairs().into_iter().collect();
        model::strong_groups(self.architecture.modules.len(), &pairs)
    }
}
