//! The initial fold: few enough boxes to be read at a glance.
//!
//! A box is the part of a package (or a module) in one layer: a package with several layers is a box in each. Packages
//! are opened from the outside in, the largest first, as long as there are few boxes; contexts, and packages without
//! subpackages, stay closed unless the picture would be nearly empty. If there are still too many, the least connected
//! ones are folded into one box per layer.

mod fold;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{Folder, Import, Lane, Module, Violation};

/// The maximum number of boxes: beyond that, a picture of boxes and arrows is unreadable.
pub(crate) const MOST_BOXES: usize = 40;

/// Boxes and arrows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Picture {
    /// The packages and modules with their own boxes, in order.
    pub shown: Vec<Item>,
    /// Those that are folded into one box per layer.
    pub rest: Vec<Item>,
    /// What was folded, in one sentence; `None` if nothing was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub folded: Option<String>,
    /// The boxes: by lane, then in the order of `shown`; the rest comes last in its lane.
    pub boxes: Vec<PictureBox>,
    /// The imports between boxes, sorted.
    pub edges: Vec<Edge>,
}

/// An item that can have a box.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Item {
    /// A folder with all its contents that have no box of their own, by index.
    Folder(u32),
    /// A module, by index.
    Module(u32),
}

/// A box.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PictureBox {
    /// The item; `None` for the folded rest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item: Option<Item>,
    /// Its lane, by index.
    pub lane: u32,
    /// The modules in it, by index, sorted.
    pub modules: Vec<u32>,
}

/// The imports that lead from one box to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Edge {
    /// The importing box, by index.
    pub from: u32,
    /// The imported box, by index.
    pub to: u32,
    /// The number of imports.
    pub weight: u32,
    /// The violations among them that the baseline doesn't accept, by index.
    pub violations: Vec<u32>,
}

/// The initial fold.
pub(super) fn picture(
    lanes: &[Lane],
    folders: &[Folder],
    modules: &[Module],
    imports: &[Import],
    violations: &[Violation],
) -> Picture {
    let tree = fold::Tree::new(folders, modules);
    let fold::Fold { shown, rest } = fold::fold(&tree, imports, violations);
    let folded = (!rest.is_empty()).then(|| folded(&rest));
    let lane_of = |layer: Option<&str>| lanes.iter().position(|lane| lane.layer == layer).unwrap_or_default();
    let mut boxes: BTreeMap<(usize, bool, usize), PictureBox> = BTreeMap::new();
    for (order, (item, is_rest)) in
        shown.iter().map(|item| (item, false)).chain(rest.iter().map(|item| (item, true))).enumerate()
    {
        for (layer, members) in tree.cells(*item) {
            let lane = lane_of(layer);
            let place = if is_rest { 0 } else { order };
            let whose = (!is_rest).then_some(*item);
            let cell = boxes.entry((lane, is_rest, place)).or_insert_with(|| PictureBox {
                item: whose,
                lane: lane as u32,
                modules: Vec::new(),
            });
            cell.modules.extend(members);
        }
    }
    let mut boxes: Vec<PictureBox> = boxes.into_values().collect();
    for cell in &mut boxes {
        cell.modules.sort_unstable();
    }
    let edges = edges(&boxes, modules.len(), imports, violations);
    Picture { shown, rest, folded, boxes, edges }
}

fn folded(rest: &[Item]) -> String {
    let packages = rest.iter().filter(|item| matches!(item, Item::Folder(_))).count();
    let modules = rest.len() - packages;
    let counted = |count: usize, one: &str| match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        _ => Some(format!("{count} {one}s")),
    };
    let words: Vec<String> =
        [counted(packages, "package"), counted(modules, "module")].into_iter().flatten().collect();
    format!("{} with the fewest violations and imports folded into one box per layer", words.join(" and "))
}

fn edges(boxes: &[PictureBox], modules: usize, imports: &[Import], violations: &[Violation]) -> Vec<Edge> {
    let mut box_of: Vec<Option<u32>> = vec![None; modules];
    for (index, cell) in boxes.iter().enumerate() {
        for module in &cell.modules {
            box_of[*module as usize] = Some(index as u32);
        }
    }
    let between = |import: &Import| {
        let (from, to) = (box_of[import.from as usize]?, box_of[import.to as usize]?);
        (from != to).then_some((from, to))
    };
    let mut edges: BTreeMap<(u32, u32), (u32, BTreeSet<u32>)> = BTreeMap::new();
    for import in imports {
        if let Some(ends) = between(import) {
            edges.entry(ends).or_default().0 += 1;
        }
    }
    for (index, violation) in violations.iter().enumerate().filter(|(_, violation)| !violation.is_accepted) {
        for import in &violation.imports {
            if let Some(ends) = between(&imports[*import as usize]) {
                edges.entry(ends).or_default().1.insert(index as u32);
            }
        }
    }
    edges
        .into_iter()
        .map(|((from, to), (weight, violations))| Edge {
            from,
            to,
            weight,
            violations: violations.into_iter().collect(),
        })
        .collect()
}
