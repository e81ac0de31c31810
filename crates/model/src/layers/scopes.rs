//! The scopes of a project: folders with a configuration, else distributions, else the project.

use camino::{Utf8Path, Utf8PathBuf};
use rustc_hash::FxHashMap;

use super::Layers;
use super::source::Source;

/// Assigns a scope to every module and returns the absolute folders of the scopes.
pub(super) fn find(source: &Source<'_>, layers: &mut Layers) -> Vec<Utf8PathBuf> {
    let mut folders: Vec<Utf8PathBuf> = Vec::new();
    let mut by_folder: FxHashMap<Utf8PathBuf, u32> = FxHashMap::default();
    let mut by_parent: FxHashMap<&Utf8Path, u32> = FxHashMap::default();
    layers.scopes = source.modules.map(|_, module| {
        let parent = module.path.parent().unwrap_or(Utf8Path::new(""));
        *by_parent.entry(parent).or_insert_with(|| {
            let folder = scope_folder(source, &source.root.join(parent));
            *by_folder.entry(folder.clone()).or_insert_with(|| {
                folders.push(folder);
                folders.len() as u32 - 1
            })
        })
    });
    folders
}

fn scope_folder(source: &Source<'_>, folder: &Utf8Path) -> Utf8PathBuf {
    let configured = source.configs.for_path(folder).map(|config| config.folder.as_path());
    // A `setup.py` deep inside a package is an ordinary module.
    let holds_root = |distribution: &&Utf8Path| {
        let roots = source.modules.roots.iter();
        roots.map(|root| source.root.join(&root.path)).any(|root| root.starts_with(distribution))
    };
    let distributions = source.configs.distributions.iter().map(Utf8PathBuf::as_path).filter(holds_root);
    configured
        .into_iter()
        .chain(distributions.filter(|distribution| folder.starts_with(distribution)))
        .filter(|candidate| candidate.starts_with(source.root))
        .max_by_key(|candidate| candidate.as_str().len())
        .unwrap_or(source.root)
        .to_path_buf()
}
