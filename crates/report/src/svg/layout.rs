//! The layout of a drawing: boxes in rows from top to bottom, so that arrows lead down where possible, and arrows that
//! pass a row go through a gap between its boxes, with few crossings.

mod columns;
mod order;
mod ranks;

use crate::graph::{Graph, Node};

use super::{MARGIN, width};

/// Longer titles are cut.
pub(super) const MOST_WIDTH: usize = 300;
/// The maximum number of boxes in a row; more form another row of the same rank.
const MOST_IN_ROW: usize = 7;
const BOX_HEIGHT: usize = 30;
const DETAIL_HEIGHT: usize = 14;
const GAP: usize = 26;
/// The gap that an arrow needs to pass between two boxes.
const PASSAGE: usize = 12;
const ROW_GAP: usize = 64;
const TOP: usize = 48;
/// How far arrows between two boxes of a row rise above it.
pub(super) const RISE: usize = 30;

/// The positions of everything.
#[derive(Debug, Default)]
pub(super) struct Layout {
    /// By the index of the box.
    pub(super) places: Vec<Place>,
    /// By the index of the arrow: where it passes rows, from its source to its target.
    pub(super) bends: Vec<Vec<Bend>>,
    /// The rows of each lane: its index, its start, and its height.
    pub(super) lanes: Vec<(usize, usize, usize)>,
    pub(super) width: usize,
    pub(super) height: usize,
}

/// The position of a box.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Place {
    pub(super) x: usize,
    pub(super) y: usize,
    pub(super) width: usize,
    pub(super) height: usize,
}

/// Where an arrow passes a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Bend {
    pub(super) x: usize,
    pub(super) top: usize,
    pub(super) bottom: usize,
}

/// What is beside each other in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Slot {
    /// By index.
    Box(usize),
    /// An arrow that passes, by index.
    Passing(usize),
}

/// A row, from left to right.
#[derive(Debug)]
struct Row {
    lane: Option<usize>,
    slots: Vec<Slot>,
}

pub(super) fn layout(graph: &Graph) -> Layout {
    let size = |node: &Node| {
        let texts = std::iter::once(&node.title).chain(&node.details);
        let widest = texts.map(|text| width(text).min(MOST_WIDTH)).max().unwrap_or(0);
        (widest + 28, BOX_HEIGHT + DETAIL_HEIGHT * node.details.len())
    };
    let rows = order::rows(graph, &ranks::ranks(graph));
    let wide = |slot: Slot| match slot {
        Slot::Box(index) => size(&graph.boxes[index]).0 + GAP,
        Slot::Passing(_) => PASSAGE,
    };
    // Beside the boxes, so that no heading is behind one.
    let headings = graph.lanes.iter().map(|lane| width(&lane.title) + MARGIN).max().unwrap_or(0);
    let left = MARGIN + headings;
    let (middles, widest) = columns::middles(&rows, &wide);
    let mut layout = Layout {
        places: vec![Place::default(); graph.boxes.len()],
        bends: vec![Vec::new(); graph.edges.len()],
        width: left + widest.max(240) + MARGIN,
        ..Layout::default()
    };
    let mut y = TOP + if rises(graph, rows.first()) { RISE } else { 0 };
    for (row, middles) in rows.iter().zip(&middles) {
        let boxes = row.slots.iter().filter_map(|slot| match slot {
            Slot::Box(index) => Some(size(&graph.boxes[*index]).1),
            Slot::Passing(_) => None,
        });
        let high = boxes.max().unwrap_or(0);
        for (slot, middle) in row.slots.iter().zip(middles) {
            let middle = left + middle;
            match slot {
                Slot::Box(index) => {
                    let (width, height) = size(&graph.boxes[*index]);
                    layout.places[*index] = Place { x: middle.saturating_sub(width / 2), y, width, height };
                }
                Slot::Passing(edge) => {
                    layout.bends[*edge].push(Bend { x: middle, top: y, bottom: y + high });
                }
            }
        }
        if let Some(lane) = row.lane {
            match layout.lanes.last_mut() {
                Some((last, top, height)) if *last == lane => *height = y + high + 14 - *top,
                _ => layout.lanes.push((lane, y - 14, high + 28)),
            }
        }
        y += high + ROW_GAP;
    }
    // Rows were passed from top to bottom.
    for (edge, bends) in graph.edges.iter().zip(&mut layout.bends) {
        let is_upwards = match (layout.places.get(edge.from), layout.places.get(edge.to)) {
            (Some(from), Some(to)) => from.y > to.y,
            _ => false,
        };
        if is_upwards {
            bends.reverse();
        }
    }
    layout.height = y;
    layout
}

/// Whether an arrow leads from one box of this row to another.
fn rises(graph: &Graph, row: Option<&Row>) -> bool {
    let Some(row) = row else { return false };
    let is_here = |index: usize| row.slots.contains(&Slot::Box(index));
    graph.edges.iter().any(|edge| edge.from != edge.to && is_here(edge.from) && is_here(edge.to))
}
