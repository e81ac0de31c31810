//! Packages as a tree, so that an import is attributed to the level where the paths to its two ends diverge.

use ide::architecture::Architecture;

/// A node: a folder, or a module other than an `__init__`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Part {
    /// By index in the architecture.
    Folder(u32),
    /// By index in the architecture.
    Module(u32),
}

/// The path from the outermost folder to each module.
#[derive(Debug)]
pub(super) struct Tree {
    ways: Vec<Vec<Part>>,
}

impl Tree {
    pub(super) fn new(architecture: &Architecture) -> Self {
        let way = |(index, module): (usize, &ide::architecture::Module)| {
            let mut way = Vec::new();
            if !module.is_package {
                way.push(Part::Module(index as u32));
            }
            let mut folder = Some(module.folder);
            while let Some(index) = folder.filter(|index| (*index as usize) < architecture.folders.len()) {
                way.push(Part::Folder(index));
                folder = architecture.folders[index as usize].parent;
            }
            way.reverse();
            way
        };
        Self { ways: architecture.modules.iter().enumerate().map(way).collect() }
    }

    /// The folders around a module, outermost first; for an `__init__` its own is the last.
    pub(super) fn folders(&self, module: u32) -> impl Iterator<Item = u32> {
        self.ways[module as usize].iter().filter_map(|part| match part {
            Part::Folder(index) => Some(*index),
            Part::Module(_) => None,
        })
    }

    /// The parts of a folder that contain one module each, where the paths to them diverge, with that folder; `None` if
    /// one is the `__init__` of a folder around the other.
    pub(super) fn parting(&self, from: u32, to: u32) -> Option<(u32, Part, Part)> {
        let (from, to) = (&self.ways[from as usize], &self.ways[to as usize]);
        let shared = from.iter().zip(to).take_while(|(left, right)| left == right).count();
        let Part::Folder(folder) = from.get(shared.checked_sub(1)?)? else { return None };
        Some((*folder, *from.get(shared)?, *to.get(shared)?))
    }

    /// The parts directly in each folder that contain a module, by folder.
    pub(super) fn parts(&self, folders: usize) -> Vec<Vec<Part>> {
        let mut parts: Vec<Vec<Part>> = vec![Vec::new(); folders];
        for way in &self.ways {
            for pair in way.windows(2) {
                if let [Part::Folder(folder), part] = pair {
                    parts[*folder as usize].push(*part);
                }
            }
        }
        for list in &mut parts {
            list.sort_unstable();
            list.dedup();
        }
        parts
    }
}
