//! The layout of a drawing's boxes: rows from top to bottom, so that arrows lead down where possible, with few
//! crossings.

use crate::graph::{Graph, Node};

use super::width;

/// The maximum number of boxes in a row; more form another row of the same rank.
const MOST_IN_ROW: usize = 7;
/// Longer titles are cut.
pub(super) const MOST_LETTERS: usize = 38;
const BOX_HEIGHT: usize = 30;
const DETAIL_HEIGHT: usize = 14;
const GAP: usize = 26;
const ROW_GAP: usize = 64;
const MARGIN: usize = 24;
const TOP: usize = 48;
/// Rounds of moving boxes towards those that they are linked with.
const ROUNDS: usize = 8;

/// The positions of everything.
#[derive(Debug, Default)]
pub(super) struct Layout {
    /// By the index of the box.
    pub(super) places: Vec<Place>,
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

pub(super) fn layout(graph: &Graph) -> Layout {
    let ranks = ranks(graph);
    let rows = rows(graph, &ranks);
    let mut places = vec![Place::default(); graph.boxes.len()];
    let size = |node: &Node| {
        let texts = std::iter::once(&node.title).chain(&node.details);
        let widest = texts.map(|text| width(text).min(MOST_LETTERS * super::LETTER)).max().unwrap_or(0);
        (widest + 28, BOX_HEIGHT + DETAIL_HEIGHT * node.details.len())
    };
    let widths: Vec<usize> = rows
        .iter()
        .map(|row| row.boxes.iter().map(|index| size(&graph.boxes[*index]).0 + GAP).sum::<usize>())
        .collect();
    let widest = widths.iter().copied().max().unwrap_or(0).max(240);
    // Beside the boxes, so that no heading is behind one.
    let headings = graph.lanes.iter().map(|lane| width(&lane.title) + MARGIN).max().unwrap_or(0);
    let left = MARGIN + headings;
    let mut layout = Layout { width: left + widest + MARGIN, ..Layout::default() };
    let mut y = TOP;
    for (row, row_width) in rows.iter().zip(&widths) {
        let mut x = left + (widest - row_width.min(&widest)) / 2;
        let mut high = 0;
        for index in &row.boxes {
            let (width, height) = size(&graph.boxes[*index]);
            places[*index] = Place { x, y, width, height };
            x += width + GAP;
            high = high.max(height);
        }
        if let Some(lane) = row.lane {
            match layout.lanes.last_mut() {
                Some((last, top, height)) if *last == lane => *height = y + high + 14 - *top,
                _ => layout.lanes.push((lane, y - 14, high + 28)),
            }
        }
        y += high + ROW_GAP;
    }
    layout.height = y;
    layout.places = places;
    layout
}

/// Adjacent boxes.
struct Row {
    lane: Option<usize>,
    boxes: Vec<usize>,
}

/// The rank of each box, from the top.
fn ranks(graph: &Graph) -> Vec<usize> {
    if graph.lanes.is_empty() {
        return longest_ways(graph);
    }
    let bottom = graph.lanes.len() + 1;
    let leads_on = |index: usize| graph.edges.iter().any(|edge| edge.from == index && edge.to != index);
    let ranked = graph.boxes.iter().enumerate().map(|(index, node)| match node.lane {
        Some(lane) => lane + 1,
        None if leads_on(index) => 0,
        None => bottom,
    });
    ranked.collect()
}

/// The length of the longest path to each box, ignoring arrows that close a cycle.
fn longest_ways(graph: &Graph) -> Vec<usize> {
    let count = graph.boxes.len();
    let mut outgoing: Vec<Vec<usize>> = vec![Vec::new(); count];
    for edge in &graph.edges {
        if edge.from != edge.to && edge.from < count && edge.to < count {
            outgoing[edge.from].push(edge.to);
        }
    }
    // In reverse postorder, every arrow leads forward except those that close a cycle.
    let mut left = Vec::new();
    let mut state = vec![0_u8; count];
    for start in 0..count {
        let mut stack = vec![(start, 0_usize)];
        if state[start] != 0 {
            continue;
        }
        state[start] = 1;
        while let Some((node, next)) = stack.pop() {
            match outgoing[node].get(next) {
                Some(to) => {
                    stack.push((node, next + 1));
                    if state[*to] == 0 {
                        state[*to] = 1;
                        stack.push((*to, 0));
                    }
                }
                None => left.push(node),
            }
        }
    }
    left.reverse();
    let mut at = vec![0; count];
    for (index, node) in left.iter().enumerate() {
        at[*node] = index;
    }
    let mut ranks = vec![0; count];
    for node in &left {
        for to in &outgoing[*node] {
            if at[*to] > at[*node] {
                ranks[*to] = ranks[*to].max(ranks[*node] + 1);
            }
        }
    }
    ranks
}

/// The rows, each ordered so that boxes are near those that they are linked with.
fn rows(graph: &Graph, ranks: &[usize]) -> Vec<Row> {
    let count = ranks.iter().max().map_or(0, |most| most + 1);
    let mut of_rank: Vec<Vec<usize>> = vec![Vec::new(); count];
    for (index, rank) in ranks.iter().enumerate() {
        of_rank[*rank].push(index);
    }
    let mut place = vec![0_usize; ranks.len()];
    let settle = |row: &[usize], place: &mut Vec<usize>| {
        for (at, index) in row.iter().enumerate() {
            // In the same scale for short and long rows.
            place[*index] = (2 * at + 1) * 1000 / (2 * row.len());
        }
    };
    for row in &of_rank {
        settle(row, &mut place);
    }
    for round in 0..ROUNDS {
        let order: Vec<usize> =
            if round % 2 == 0 { (0..count).collect() } else { (0..count).rev().collect() };
        for rank in order {
            let middle = |index: usize| {
                let near =
                    graph.edges.iter().filter_map(|edge| match (edge.from == index, edge.to == index) {
                        (true, false) => place.get(edge.to),
                        (false, true) => place.get(edge.from),
                        _ => None,
                    });
                let (sum, all) = near.fold((0, 0), |(sum, all), place| (sum + place, all + 1));
                sum.checked_div(all).unwrap_or(place[index])
            };
            let mut keyed: Vec<(usize, usize)> =
                of_rank[rank].iter().map(|index| (middle(*index), *index)).collect();
            keyed.sort_by_key(|(middle, index)| (*middle, place[*index], *index));
            let row: Vec<usize> = keyed.into_iter().map(|(_, index)| index).collect();
            settle(&row, &mut place);
            of_rank[rank] = row;
        }
    }
    let mut rows = Vec::new();
    for row in of_rank.into_iter().filter(|row| !row.is_empty()) {
        let lane = graph.boxes[row[0]].lane;
        for part in row.chunks(MOST_IN_ROW) {
            rows.push(Row { lane, boxes: part.to_vec() });
        }
    }
    rows
}
