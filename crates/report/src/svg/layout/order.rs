//! The order within each row: boxes and passing arrows are near those that they are linked with.

use super::{MOST_IN_ROW, Row, Slot};
use crate::graph::Graph;

/// Rounds of moving slots towards those that they are linked with.
const ROUNDS: usize = 12;

/// The rows from top to bottom.
pub(super) fn rows(graph: &Graph, ranks: &[usize]) -> Vec<Row> {
    let boxes = boxes(ranks);
    let mut row_of = vec![0; graph.boxes.len()];
    for (at, row) in boxes.iter().enumerate() {
        for index in row {
            row_of[*index] = at;
        }
    }
    let lane = |row: &Vec<usize>| row.first().and_then(|index| graph.boxes[*index].lane);
    let mut rows: Vec<Row> = boxes
        .iter()
        .map(|row| Row { lane: lane(row), slots: row.iter().map(|index| Slot::Box(*index)).collect() })
        .collect();
    for (at, (from, to)) in ends(graph) {
        let (above, below) = (row_of[from].min(row_of[to]), row_of[from].max(row_of[to]));
        for row in rows.iter_mut().take(below).skip(above + 1) {
            row.slots.push(Slot::Passing(at));
        }
    }
    settle(graph, &row_of, &mut rows);
    rows
}

/// The arrows between two boxes of the drawing, by index.
fn ends(graph: &Graph) -> impl Iterator<Item = (usize, (usize, usize))> {
    let count = graph.boxes.len();
    let ends = graph.edges.iter().enumerate().map(|(at, edge)| (at, (edge.from, edge.to)));
    ends.filter(move |(_, (from, to))| from != to && *from < count && *to < count)
}

/// The boxes of each row: those of a rank, in several rows if there are many.
fn boxes(ranks: &[usize]) -> Vec<Vec<usize>> {
    let count = ranks.iter().max().map_or(0, |most| most + 1);
    let mut of_rank: Vec<Vec<usize>> = vec![Vec::new(); count];
    for (index, rank) in ranks.iter().enumerate() {
        of_rank[*rank].push(index);
    }
    of_rank.iter().flat_map(|rank| rank.chunks(MOST_IN_ROW).map(<[usize]>::to_vec)).collect()
}

/// Moves slots to the mean position of their neighbours in the rows above and below, down and up again.
fn settle(graph: &Graph, row_of: &[usize], rows: &mut [Row]) {
    // The links of each slot to the rows above and below.
    let mut above: Vec<Vec<Vec<usize>>> = rows.iter().map(|row| vec![Vec::new(); row.slots.len()]).collect();
    let mut below = above.clone();
    // Slots keep their numbers while they are moved.
    let number = |row: &Row, slot: Slot| row.slots.iter().position(|it| *it == slot);
    for (at, (from, to)) in ends(graph) {
        let (upper, lower) = if row_of[from] <= row_of[to] { (from, to) } else { (to, from) };
        for row in row_of[upper]..row_of[lower] {
            let one = if row == row_of[upper] { Slot::Box(upper) } else { Slot::Passing(at) };
            let other = if row + 1 == row_of[lower] { Slot::Box(lower) } else { Slot::Passing(at) };
            if let (Some(one), Some(other)) = (number(&rows[row], one), number(&rows[row + 1], other)) {
                below[row][one].push(other);
                above[row + 1][other].push(one);
            }
        }
    }
    let mut orders: Vec<Vec<usize>> = rows.iter().map(|row| (0..row.slots.len()).collect()).collect();
    let mut place: Vec<Vec<usize>> = orders.iter().map(|order| scaled(order)).collect();
    for round in 0..ROUNDS {
        let is_down = round % 2 == 0;
        let sweep: Vec<usize> =
            if is_down { (0..rows.len()).collect() } else { (0..rows.len()).rev().collect() };
        for row in sweep {
            let (links, other) =
                if is_down { (&above[row], row.checked_sub(1)) } else { (&below[row], Some(row + 1)) };
            let Some(other) = other.filter(|other| *other < rows.len()) else { continue };
            let mean = |slot: usize| {
                let near = links[slot].iter().map(|it| place[other][*it]);
                near.clone().sum::<usize>().checked_div(near.count()).unwrap_or(place[row][slot])
            };
            let mut keyed: Vec<(usize, usize)> =
                orders[row].iter().map(|slot| (mean(*slot), *slot)).collect();
            keyed.sort_by_key(|(mean, _)| *mean);
            orders[row] = keyed.into_iter().map(|(_, slot)| slot).collect();
            place[row] = scaled(&orders[row]);
        }
    }
    for (row, order) in rows.iter_mut().zip(orders) {
        row.slots = order.into_iter().map(|slot| row.slots[slot]).collect();
    }
}

/// The position of each slot, in the same scale for short and long rows.
fn scaled(order: &[usize]) -> Vec<usize> {
    let mut place = vec![0; order.len()];
    for (at, slot) in order.iter().enumerate() {
        place[*slot] = (2 * at + 1) * 100_000 / (2 * order.len());
    }
    place
}
