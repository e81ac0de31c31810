//! The folders around the drawn modules, as a tree.

use std::collections::{BTreeMap, BTreeSet};

use camino::{Utf8Path, Utf8PathBuf};
use model::Architecture;
use serde::Serialize;

use super::Module;

/// A folder: a package, or a folder above packages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Folder {
    /// The dotted name of the package; the path if it has none.
    pub name: String,
    /// Relative to the project's root; empty for the root itself.
    pub path: Utf8PathBuf,
    /// The parent folder, by index; `None` for the outermost.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent: Option<u32>,
    /// How many drawn modules are in it, at any depth.
    pub modules: u32,
    /// Whether it is a bounded context or feature module.
    pub is_context: bool,
}

/// The folders, sorted by path, and the modules with the index of theirs.
pub(super) fn folders(model: &Architecture, mut modules: Vec<Module>) -> (Vec<Folder>, Vec<Module>) {
    let mut counts: BTreeMap<Utf8PathBuf, u32> = BTreeMap::new();
    for module in &modules {
        for folder in module.path.ancestors().skip(1) {
            *counts.entry(folder.to_owned()).or_default() += 1;
        }
    }
    let shared = outermost(&counts, modules.len() as u32);
    let contexts: BTreeSet<&str> = model.layers.contexts.iter().map(python::Name::as_str).collect();
    let kept: Vec<(Utf8PathBuf, u32)> = counts
        .iter()
        .filter(|(path, _)| path.starts_with(&shared))
        .map(|(path, count)| (path.clone(), *count))
        .collect();
    let index: BTreeMap<&Utf8Path, u32> =
        kept.iter().enumerate().map(|(index, (path, _))| (path.as_path(), index as u32)).collect();
    let folders = kept
        .iter()
        .map(|(path, count)| {
            let name = name_of(model, path);
            Folder {
                is_context: name.as_ref().is_some_and(|name| contexts.contains(name.as_str())),
                name: super::label(name, path),
                path: path.clone(),
                parent: path.parent().and_then(|parent| index.get(parent).copied()),
                modules: *count,
            }
        })
        .collect();
    for module in &mut modules {
        let folder = module.path.parent().and_then(|folder| index.get(folder));
        module.folder = folder.copied().unwrap_or_default();
    }
    (folders, modules)
}

/// The innermost folder that contains all modules: folders above it are uninformative.
fn outermost(counts: &BTreeMap<Utf8PathBuf, u32>, all: u32) -> Utf8PathBuf {
    let holding_all = counts.iter().filter(|(_, count)| **count == all).map(|(path, _)| path);
    holding_all.max_by_key(|path| path.components().count()).cloned().unwrap_or_default()
}

/// The folder's name from the innermost source root around it.
fn name_of(model: &Architecture, path: &Utf8Path) -> Option<python::Name> {
    let around = model.modules.roots.iter().filter(|root| path.starts_with(&root.path));
    around.max_by_key(|root| root.path.components().count())?.name_of_folder(path)
}
