//! Which packages are opened, and which are folded into the rest.

use std::collections::BTreeMap;

use super::super::{Folder, Import, Module, Violation};
use super::{Item, MOST_BOXES};

/// A picture with fewer boxes opens packages that otherwise stay closed...
const FEW: usize = 8;

/// ... up to this many.
const OPENED: usize = 24;

/// Folders with their contents.
pub(super) struct Tree<'a> {
    folders: &'a [Folder],
    modules: &'a [Module],
    /// The folders directly in each.
    children: Vec<Vec<u32>>,
    /// The modules directly in each.
    own: Vec<Vec<u32>>,
}

/// The items with their own boxes, and the folded ones.
pub(super) struct Fold {
    pub(super) shown: Vec<Item>,
    pub(super) rest: Vec<Item>,
}

impl<'a> Tree<'a> {
    pub(super) fn new(folders: &'a [Folder], modules: &'a [Module]) -> Self {
        let mut children = vec![Vec::new(); folders.len()];
        for (index, folder) in folders.iter().enumerate() {
            if let Some(parent) = folder.parent {
                children[parent as usize].push(index as u32);
            }
        }
        let mut own = vec![Vec::new(); folders.len()];
        for (index, module) in modules.iter().enumerate() {
            own[module.folder as usize].push(index as u32);
        }
        Self { folders, modules, children, own }
    }

    fn outermost(&self) -> Vec<Item> {
        let is_outermost = |(_, folder): &(usize, &Folder)| folder.parent.is_none();
        let folders = self.folders.iter().enumerate().filter(is_outermost);
        folders.map(|(index, _)| Item::Folder(index as u32)).collect()
    }

    /// The direct contents of an item: packages, then modules.
    fn inside(&self, item: Item) -> Vec<Item> {
        let Item::Folder(folder) = item else { return Vec::new() };
        let folders = self.children[folder as usize].iter().map(|child| Item::Folder(*child));
        folders.chain(self.own[folder as usize].iter().map(|module| Item::Module(*module))).collect()
    }

    /// The modules of an item, at any depth.
    pub(super) fn members(&self, item: Item) -> Vec<u32> {
        let mut members = Vec::new();
        let mut open = vec![item];
        while let Some(item) = open.pop() {
            match item {
                Item::Module(module) => members.push(module),
                Item::Folder(_) => open.extend(self.inside(item)),
            }
        }
        members.sort_unstable();
        members
    }

    /// The modules of an item by layer. Those with an uncertain layer are assigned to the layer that most of the others
    /// certainly have, if there is one; otherwise all are assigned to the most common layer.
    pub(super) fn cells(&self, item: Item) -> BTreeMap<Option<&'static str>, Vec<u32>> {
        let members = self.members(item);
        let module = |index: &u32| &self.modules[*index as usize];
        let is_sure = |index: &u32| module(index).is_sure && module(index).layer.is_some();
        let any_sure = members.iter().any(is_sure);
        let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
        for layer in
            members.iter().filter(|index| !any_sure || is_sure(index)).filter_map(|index| module(index).layer)
        {
            *counts.entry(layer).or_default() += 1;
        }
        // Ties are broken alphabetically.
        let most = counts.iter().max_by_key(|(layer, count)| (**count, std::cmp::Reverse(**layer)));
        let most = most.map(|(layer, _)| *layer);
        let mut cells: BTreeMap<Option<&'static str>, Vec<u32>> = BTreeMap::new();
        for index in members {
            let layer = if is_sure(&index) { module(&index).layer } else { most };
            cells.entry(layer).or_default().push(index);
        }
        cells
    }

    fn boxes(&self, items: &[Item]) -> usize {
        items.iter().map(|item| self.cells(*item).len()).sum()
    }

    fn size(&self, item: Item) -> u32 {
        match item {
            Item::Folder(folder) => self.folders[folder as usize].modules,
            Item::Module(_) => 1,
        }
    }

    /// Whether a package stays closed by default.
    fn is_closed(&self, item: Item) -> bool {
        match item {
            Item::Folder(folder) => {
                self.folders[folder as usize].is_context || self.children[folder as usize].is_empty()
            }
            Item::Module(_) => true,
        }
    }

    /// Opens the item at `at`.
    fn open(&self, items: &[Item], at: usize) -> Vec<Item> {
        let inside = self.inside(items[at]);
        items[..at].iter().copied().chain(inside).chain(items[at + 1..].iter().copied()).collect()
    }
}

/// Opens packages while that helps, then folds what is too much.
pub(super) fn fold(tree: &Tree<'_>, imports: &[Import], violations: &[Violation]) -> Fold {
    let mut items = tree.outermost();
    // A single box is not a picture, however many are inside.
    while let [only @ Item::Folder(_)] = items[..] {
        items = tree.inside(only);
    }
    items = open_largest(tree, items, MOST_BOXES, &|item| !tree.is_closed(item));
    if tree.boxes(&items) < FEW {
        items = open_largest(tree, items, OPENED, &|item| matches!(item, Item::Folder(_)));
    }
    // A single box for most of the project isn't one either, however many parts it has: the least connected are folded.
    let holds_most = |item: &Item| tree.size(*item) as usize * 2 > tree.modules.len();
    while let Some(at) = items.iter().position(|item| holds_most(item) && !tree.is_closed(*item)) {
        items = tree.open(&items, at);
    }
    if tree.boxes(&items) <= MOST_BOXES {
        return Fold { shown: items, rest: Vec::new() };
    }
    let rank = ranks(tree, &items, imports, violations);
    let mut by_rank: Vec<usize> = (0..items.len()).collect();
    by_rank.sort_by_key(|at| std::cmp::Reverse((rank[*at], std::cmp::Reverse(*at))));
    // Each lane may need one box for its rest.
    let lanes =
        tree.modules.iter().map(|module| module.layer).collect::<std::collections::BTreeSet<_>>().len();
    let mut left = MOST_BOXES.saturating_sub(lanes);
    let mut is_shown = vec![false; items.len()];
    for at in by_rank {
        let boxes = tree.cells(items[at]).len();
        if boxes > left {
            break;
        }
        left -= boxes;
        is_shown[at] = true;
    }
    let pick = |wanted: bool| -> Vec<Item> {
        items.iter().zip(&is_shown).filter(|(_, shown)| **shown == wanted).map(|(item, _)| *item).collect()
    };
    Fold { shown: pick(true), rest: pick(false) }
}

/// Repeatedly opens the largest package that `may` be opened, as long as there are no more than `most` boxes.
fn open_largest(tree: &Tree<'_>, mut items: Vec<Item>, most: usize, may: &dyn Fn(Item) -> bool) -> Vec<Item> {
    let mut refused: Vec<Item> = Vec::new();
    loop {
        let candidates = items.iter().enumerate().filter(|(_, item)| may(**item) && !refused.contains(item));
        let Some((at, item)) =
            candidates.max_by_key(|(at, item)| (tree.size(**item), std::cmp::Reverse(*at)))
        else {
            return items;
        };
        let opened = tree.open(&items, at);
        if tree.boxes(&opened) <= most {
            items = opened;
        } else {
            refused.push(*item);
        }
    }
}

/// The importance of each item: violations, then imports across its border, then modules.
fn ranks(
    tree: &Tree<'_>,
    items: &[Item],
    imports: &[Import],
    violations: &[Violation],
) -> Vec<(u32, u32, u32)> {
    // Every module is in an item.
    let mut item_of = vec![0; tree.modules.len()];
    let mut ranks: Vec<(u32, u32, u32)> = items.iter().map(|item| (0, 0, tree.size(*item))).collect();
    for (at, item) in items.iter().enumerate() {
        for module in tree.members(*item) {
            item_of[module as usize] = at;
        }
    }
    let ends = |import: &Import| (item_of[import.from as usize], item_of[import.to as usize]);
    for (from, to) in imports.iter().map(ends).filter(|(from, to)| from != to) {
        ranks[from].1 += 1;
        ranks[to].1 += 1;
    }
    for violation in violations.iter().filter(|violation| !violation.is_accepted) {
        // Violations between layers of the same package count too.
        for (from, to) in violation.imports.iter().map(|import| ends(&imports[*import as usize])) {
            ranks[from].0 += 1;
            ranks[to].0 += u32::from(to != from);
        }
    }
    ranks
}
