//! Packages that are bounded contexts or feature modules, and plugins.

use config::Layer;
use python::Name;

use super::Layers;
use super::folders::{Folder, FolderId, Folders, Hint, normal};
use super::names::{Grip, file_word, folder_word};
use super::source::Source;
use crate::{ModuleId, PathRole};

/// The minimum number of siblings that must look like contexts before any of them is one.
const MIN_SIBLINGS: usize = 2;

/// The minimum number of packages in a plugin folder before each of them counts as a plugin.
const MIN_PLUGINS: usize = 3;

/// Determines the contexts: the declared ones, or else the outermost packages that contain several layers and have
/// similar siblings, and the packages in a plugin folder.
pub(super) fn find(source: &Source<'_>, folders: &Folders, layers: &mut Layers) {
    let names = dotted_names(source, folders);
    let sure = Sure::of(folders, layers);
    let mut context_of: Vec<Option<u32>> = vec![None; folders.list.len()];
    for index in 0..folders.list.len() {
        let folder = &folders.list[index];
        if let Some(inherited) = folder.parent.and_then(|parent| context_of[parent.0 as usize]) {
            context_of[index] = Some(inherited);
        }
        if context_of[index].is_some() && folder.name != "plugins" {
            continue;
        }
        for child in children(source, folders, &sure, folder, &names) {
            if let Some(name) = &names[child.0 as usize] {
                context_of[child.0 as usize] = Some(layers.contexts.len() as u32);
                layers.contexts.push(name.clone());
            }
        }
    }
    layers.context_of = folders.of_module.map(|folder| context_of[folder.0 as usize]);
}

fn children(
    source: &Source<'_>,
    folders: &Folders,
    sure: &Sure,
    folder: &Folder,
    names: &[Option<Name>],
) -> Vec<FolderId> {
    let name_of = |child: &FolderId| names[child.0 as usize].as_ref();
    let declared: Vec<FolderId> = folder
        .children
        .iter()
        .copied()
        .filter(|child| name_of(child).is_some_and(|name| is_declared(source, folders, *child, name)))
        .collect();
    if !declared.is_empty() {
        return declared;
    }
    let packages = folder.children.iter().copied().filter(|child| {
        let child = &folders[*child];
        child.contents.all > 0 && !child.is_above_code
    });
    if matches!(folder.name.as_str(), "plugins" | "addons" | "integrations" | "contrib")
        && !folder.is_above_code
    {
        let plugins: Vec<FolderId> =
            packages.clone().filter(|child| is_plugin(&folders[*child].name)).collect();
        return if plugins.len() >= MIN_PLUGINS { plugins } else { Vec::new() };
    }
    let alike: Vec<FolderId> = packages.filter(|child| is_context(source, folders, sure, *child)).collect();
    if alike.len() >= MIN_SIBLINGS { alike } else { Vec::new() }
}

/// Whether a package among plugins is one of them, rather than their common base.
fn is_plugin(name: &str) -> bool {
    let is_ground = matches!(name, "base" | "bases" | "core" | "interfaces" | "manager" | "registry");
    !is_ground && folder_word(name).is_none()
}

fn is_declared(source: &Source<'_>, folders: &Folders, child: FolderId, name: &str) -> bool {
    let Some(id) = any_module(folders, child) else { return false };
    let Some(config) = source.configs.for_path(&source.root.join(&source.modules[id].path)) else {
        return false;
    };
    let parent = name.rsplit_once('.').map_or("", |(parent, _)| parent);
    config.contexts.iter().any(|pattern| pattern.matches(parent))
}

/// Whether a package contains at least two layers, judging by the names in it and the verdicts on its modules, and
/// isn't itself named after a layer or a part of one.
fn is_context(source: &Source<'_>, folders: &Folders, sure: &Sure, id: FolderId) -> bool {
    let folder = &folders[id];
    let is_part = |saying: &Hint| saying.names_layer() || saying.layer == Layer::Shared;
    let is_whole = WHOLES.contains(&folder.name.as_str());
    if is_whole || folder.says.iter().any(is_part) || sure.layers(id) < 2 {
        return false;
    }
    let mut seen = [false; Layer::ALL.len()];
    for child in &folder.children {
        if let Some(word) = folder_word(&folders[*child].name)
            && (word.weight >= 30 || matches!(word.grip, Grip::Contents(_)))
        {
            seen[word.layer as usize] = true;
        }
    }
    for module in &folder.modules {
        if source.modules[*module].role == PathRole::Code
            && let Some(word) = file_word(&normal(source.stem(*module)))
        {
            seen[word.layer as usize] = true;
        }
    }
    PROPER.into_iter().filter(|layer| seen[*layer as usize]).count() >= 2
}

/// Names of packages that contain an entire backend, or the base that all of it builds on.
const WHOLES: [&str; 9] =
    ["app", "application", "backend", "base", "core", "main", "project", "server", "src"];

/// The four main layers.
const PROPER: [Layer; 4] = [Layer::Presentation, Layer::Application, Layer::Domain, Layer::Infrastructure];

/// The main layers of the modules with certain layers in each folder, at any depth.
struct Sure {
    by_folder: Vec<[bool; Layer::ALL.len()]>,
}

impl Sure {
    fn of(folders: &Folders, layers: &Layers) -> Self {
        let mut by_folder = vec![[false; Layer::ALL.len()]; folders.list.len()];
        for (id, folder) in folders.of_module.iter() {
            if let Some(layer) = layers.sure_layer(id) {
                by_folder[folder.0 as usize][layer as usize] = true;
            }
        }
        for index in (1..folders.list.len()).rev() {
            if let Some(parent) = folders.list[index].parent {
                for layer in PROPER {
                    by_folder[parent.0 as usize][layer as usize] |= by_folder[index][layer as usize];
                }
            }
        }
        Self { by_folder }
    }

    fn layers(&self, id: FolderId) -> usize {
        let seen = &self.by_folder[id.0 as usize];
        PROPER.into_iter().filter(|layer| seen[*layer as usize]).count()
    }
}

fn any_module(folders: &Folders, id: FolderId) -> Option<ModuleId> {
    let mut at = id;
    loop {
        let folder = &folders[at];
        if let Some(module) = folder.init.or_else(|| folder.modules.first().copied()) {
            return Some(module);
        }
        at = *folder.children.first()?;
    }
}

/// The dotted name of each folder's package; `None` above the code.
fn dotted_names(source: &Source<'_>, folders: &Folders) -> Vec<Option<Name>> {
    let mut names: Vec<Option<Name>> = vec![None; folders.list.len()];
    for index in (0..folders.list.len()).rev() {
        let folder = &folders.list[index];
        if folder.is_above_code {
            continue;
        }
        let around = |name: &Name| name.rsplit_once('.').map(|(package, _)| Name::from(package));
        names[index] = folder
            .init
            .map(|id| source.modules[id].name.clone())
            .or_else(|| folder.modules.first().and_then(|id| around(&source.modules[*id].name)))
            .or_else(|| folder.children.iter().find_map(|child| around(names[child.0 as usize].as_ref()?)));
    }
    names
}
