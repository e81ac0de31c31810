//! The horizontal positions: in the order of the rows, as near as possible to what they are linked with.

use std::collections::BTreeMap;

use super::{Row, Slot};

/// The middle of each slot of each row, and the width of all. Passing arrows are kept straight: their slots in adjacent
/// rows are drawn to each other, while boxes stay where their row is centred.
pub(super) fn middles(rows: &[Row], wide: &dyn Fn(Slot) -> usize) -> (Vec<Vec<usize>>, usize) {
    /// Rounds of drawing slots to each other.
    const ROUNDS: usize = 6;
    let widths: Vec<Vec<i64>> =
        rows.iter().map(|row| row.slots.iter().map(|slot| signed(wide(*slot))).collect()).collect();
    let widest = widths.iter().map(|row| row.iter().sum()).max().unwrap_or(0);
    let mut middles: Vec<Vec<i64>> = widths
        .iter()
        .map(|row| {
            let mut x = (widest - row.iter().sum::<i64>()) / 2;
            let middle = |width: &i64| {
                x += width;
                x - width / 2
            };
            row.iter().map(middle).collect()
        })
        .collect();
    for _ in 0..ROUNDS {
        let passing: Vec<BTreeMap<usize, i64>> =
            rows.iter().zip(&middles).map(|(row, middles)| passing(row, middles)).collect();
        for (at, row) in rows.iter().enumerate() {
            let near = [at.checked_sub(1), Some(at + 1)].into_iter().flatten();
            let near: Vec<&BTreeMap<usize, i64>> = near.filter_map(|row| passing.get(row)).collect();
            let wanted: Vec<i64> = row
                .slots
                .iter()
                .zip(&middles[at])
                .map(|(slot, middle)| match slot {
                    Slot::Box(_) => *middle,
                    Slot::Passing(edge) => {
                        let there = near.iter().filter_map(|row| row.get(edge));
                        let count = signed(there.clone().count());
                        there.sum::<i64>().checked_div(count).unwrap_or(*middle)
                    }
                })
                .collect();
            middles[at] = apart(&wanted, &widths[at], widest);
        }
    }
    let unsigned = |middle: &i64| usize::try_from(*middle).unwrap_or(0);
    let middles = middles.iter().map(|row| row.iter().map(unsigned).collect());
    (middles.collect(), unsigned(&widest))
}

fn signed(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(0)
}

/// The middles of the arrows that pass a row.
fn passing(row: &Row, middles: &[i64]) -> BTreeMap<usize, i64> {
    let slots = row.slots.iter().zip(middles);
    let passing = slots.filter_map(|(slot, middle)| match slot {
        Slot::Passing(edge) => Some((*edge, *middle)),
        Slot::Box(_) => None,
    });
    passing.collect()
}

/// Positions in the given order, within `widest`, that don't overlap and are nearest to the wanted ones: what would
/// overlap moves together, to the mean of what it wants.
fn apart(wanted: &[i64], widths: &[i64], widest: i64) -> Vec<i64> {
    let mut offsets = Vec::with_capacity(widths.len());
    let mut x = 0;
    for width in widths {
        offsets.push(x + width / 2);
        x += width;
    }
    // Blocks of slots that touch each other: the sum of their wanted starts, and their number.
    let mut blocks: Vec<(i64, i64)> = Vec::new();
    for (wanted, offset) in wanted.iter().zip(&offsets) {
        let mut block = (wanted - offset, 1);
        while let Some((sum, count)) = blocks.pop_if(|(sum, count)| *sum * block.1 > block.0 * *count) {
            block = (sum + block.0, count + block.1);
        }
        blocks.push(block);
    }
    let room = (widest - x).max(0);
    let start = |(sum, count): &(i64, i64)| (sum.div_euclid(*count)).clamp(0, room);
    let starts = blocks.iter().flat_map(|block| (0..block.1).map(move |_| start(block)));
    starts.zip(offsets).map(|(start, offset)| start + offset).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_overlap_moves_together_and_stays_in_order() {
        assert_eq!(apart(&[10, 10, 90], &[10, 10, 10], 100), [5, 15, 90]);
        assert_eq!(apart(&[99, 0], &[20, 20], 100), [39, 59]);
        assert_eq!(apart(&[-50, 200], &[20, 20], 100), [10, 90]);
        assert!(apart(&[], &[], 0).is_empty());
    }
}
