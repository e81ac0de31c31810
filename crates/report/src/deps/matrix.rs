//! The dependency structure matrix: the foundations come first, so that a mark above the diagonal closes a cycle.

use std::collections::BTreeSet;

use ide::architecture::Architecture;
use serde::Serialize;

use super::links::Links;

/// Imports between the parts of one package, by row (importer) and column (imported).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Matrix {
    /// The package.
    pub package: String,
    /// Its parts, from the foundations upwards.
    pub parts: Vec<String>,
    /// The level of each: one more than the highest of its imports, ignoring cuts.
    pub levels: Vec<u32>,
    /// The cycle group of each, by number; `None` for parts outside cycles.
    pub groups: Vec<Option<u32>>,
    /// The marks, sorted.
    pub cells: Vec<Cell>,
}

/// One mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Cell {
    /// The importer, by index in `parts`.
    pub row: usize,
    /// The imported part, by index in `parts`.
    pub column: usize,
    /// How many imports.
    pub imports: usize,
}

impl Matrix {
    /// Whether a mark is above the diagonal.
    pub fn is_against(cell: &Cell) -> bool {
        cell.column > cell.row
    }
}

pub(super) fn matrix(architecture: &Architecture, package: String, links: &Links) -> Matrix {
    let count = links.names.len();
    let cuts: BTreeSet<(u32, u32)> =
        model::cheapest_cuts(count, &links.weighted(architecture)).into_iter().collect();
    let mut level = vec![0_u32; count];
    // Without the cuts there are no cycles: at most as many rounds as parts.
    for _ in 0..count {
        let mut changed = false;
        for (from, to) in links.edges.keys().filter(|edge| !cuts.contains(edge)) {
            let at_least = level[*to as usize] + 1;
            if level[*from as usize] < at_least {
                level[*from as usize] = at_least;
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by(|left, right| {
        (level[*left], &links.names[*left]).cmp(&(level[*right], &links.names[*right]))
    });
    let mut place = vec![0; count];
    for (at, node) in order.iter().enumerate() {
        place[*node] = at;
    }
    let mut groups = vec![None; count];
    for (number, nodes) in model::strong_groups(count, &links.pairs()).iter().enumerate() {
        for node in nodes {
            groups[place[*node as usize]] = Some(number as u32);
        }
    }
    let mut cells: Vec<Cell> = links
        .edges
        .iter()
        .map(|((from, to), imports)| Cell {
            row: place[*from as usize],
            column: place[*to as usize],
            imports: imports.len(),
        })
        .collect();
    cells.sort_by_key(|cell| (cell.row, cell.column));
    Matrix {
        package,
        parts: order.iter().map(|node| links.names[*node].clone()).collect(),
        levels: order.iter().map(|node| level[*node]).collect(),
        groups,
        cells,
    }
}
