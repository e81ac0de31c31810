//! Moves single nodes within an order as long as that reduces the weight of backward edges.
//!
//! The greedy order considers each node only once. Moving nodes afterwards removes a third to a half of the remaining
//! weight at low cost, because only the positions next to a node's neighbours can be better.

use super::component::Local;

/// The maximum number of steps: neighbours examined and positions shifted. When it is exceeded, the order stays as it
/// is.
const BUDGET: usize = 40_000_000;

/// A neighbour, with the weight of the edges to and from it.
struct Neighbour {
    node: u32,
    to: i64,
    from: i64,
}

/// Improves the order given by `position`, a permutation of the nodes.
pub(super) fn improve(graph: &Local, position: &mut [u32]) {
    let neighbours = neighbours(graph);
    let mut order: Vec<u32> = vec![0; position.len()];
    for (node, place) in position.iter().enumerate() {
        order[*place as usize] = node as u32;
    }
    let mut budget = BUDGET;
    let mut is_better = true;
    while is_better {
        is_better = false;
        for node in 0..position.len() {
            let work = neighbours[node].len() * 4 + 1;
            let Some(left) = budget.checked_sub(work) else { return };
            budget = left;
            let Some(target) = best_place(&neighbours[node], position, node) else { continue };
            let here = position[node] as usize;
            let shifted = if target < here {
                order[target..=here].rotate_right(1);
                target..=here
            } else {
                order[here..=target].rotate_left(1);
                here..=target
            };
            budget = budget.saturating_sub(shifted.end() - shifted.start());
            for place in shifted {
                position[order[place] as usize] = place as u32;
            }
            is_better = true;
        }
    }
}

fn neighbours(graph: &Local) -> Vec<Vec<Neighbour>> {
    let mut all: Vec<Vec<Neighbour>> = (0..graph.edges.len()).map(|_| Vec::new()).collect();
    for (from, edge) in graph.iter() {
        let weight = i64::from(edge.weight);
        all[from as usize].push(Neighbour { node: edge.to, to: weight, from: 0 });
        all[edge.to as usize].push(Neighbour { node: from, to: 0, from: weight });
    }
    for list in &mut all {
        list.sort_by_key(|neighbour| neighbour.node);
        list.dedup_by(|next, first| {
            let is_same = next.node == first.node;
            if is_same {
                first.to += next.to;
                first.from += next.from;
            }
            is_same
        });
    }
    all
}

/// A better position for `node`; `None` if there is none.
fn best_place(neighbours: &[Neighbour], position: &[u32], node: usize) -> Option<usize> {
    let here = position[node];
    let mut sorted: Vec<(u32, i64)> =
        neighbours.iter().map(|it| (position[it.node as usize], it.to - it.from)).collect();
    sorted.sort_unstable();
    let split = sorted.partition_point(|(place, _)| *place < here);
    let (mut best, mut target) = (0, None);
    // Moving past a neighbour to the left: edges to it then point forwards, edges from it backwards.
    let mut gain = 0;
    for (place, balance) in sorted[..split].iter().rev() {
        gain += balance;
        if gain > best {
            (best, target) = (gain, Some(*place as usize));
        }
    }
    gain = 0;
    for (place, balance) in &sorted[split..] {
        gain -= balance;
        if gain > best {
            (best, target) = (gain, Some(*place as usize));
        }
    }
    target
}

#[cfg(test)]
mod tests {
    use crate::cycles::{cheapest_cuts, strong_groups};

    /// A project of `count` packages in layers, with hubs that are imported everywhere and import a few packages back.
    /// The random numbers come from a generator with a fixed seed.
    fn tangled(count: u32) -> Vec<(u32, u32, u32)> {
        let mut state = 7_u64;
        let mut next = |below: u32| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            ((state >> 33) % u64::from(below)) as u32
        };
        let mut edges = std::collections::BTreeMap::new();
        for from in 0..count {
            for _ in 0..10 {
                // Mostly downwards, occasionally upwards.
                let to = if next(10) < 9 { next(count.max(from + 1)) } else { next(count) };
                let (from, to) = if to < from || next(8) == 0 { (from, to) } else { (to, from) };
                if from != to {
                    *edges.entry((from, to)).or_insert(0) += 1 + next(5);
                }
            }
            for hub in 0..3 {
                if from > hub {
                    edges.insert((from, hub), 4 + next(6));
                }
            }
        }
        for hub in 0..3 {
            for _ in 0..8 {
                edges.insert((hub, 3 + next(count - 3)), 1 + next(2));
            }
        }
        edges.into_iter().map(|((from, to), weight)| (from, to, weight)).collect()
    }

    fn weight_of(cuts: &[(u32, u32)], edges: &[(u32, u32, u32)]) -> u32 {
        edges.iter().filter(|(from, to, _)| cuts.contains(&(*from, *to))).map(|(.., weight)| weight).sum()
    }

    #[test]
    fn nothing_is_cyclic_after_the_cuts_and_they_are_cheap() {
        let edges = tangled(90);
        let cuts = cheapest_cuts(90, &edges);
        let kept: Vec<(u32, u32)> =
            edges.iter().map(|(a, b, _)| (*a, *b)).filter(|it| !cuts.contains(it)).collect();
        assert!(strong_groups(90, &kept).is_empty());
        let all: u32 = edges.iter().map(|(.., weight)| weight).sum();
        let (cost, share) = (weight_of(&cuts, &edges), weight_of(&cuts, &edges) * 100 / all);
        assert!(share <= 12, "{cost} of {all}: {share} %");
        // The set is minimal: restoring any of its edges closes a cycle.
        for cut in &cuts {
            let mut with = kept.clone();
            with.push(*cut);
            assert!(!strong_groups(90, &with).is_empty(), "{cut:?} closes nothing");
        }
    }

    /// What plain local search reaches: from the order of surplus (outgoing before incoming weight), single nodes are moved
    /// to their best places until none gets better.
    fn local_search(count: u32, edges: &[(u32, u32, u32)]) -> u32 {
        let size = count as usize;
        let mut weight = vec![vec![0_i64; size]; size];
        for (from, to, cost) in edges {
            weight[*from as usize][*to as usize] += i64::from(*cost);
        }
        let surplus = |node: &usize| -> i64 {
            (0..size).map(|other| weight[other][*node] - weight[*node][other]).sum()
        };
        let mut order: Vec<usize> = (0..size).collect();
        order.sort_by_key(surplus);
        let mut moved = true;
        while moved {
            moved = false;
            for (node, own) in weight.iter().enumerate() {
                let at = order.iter().position(|it| *it == node).unwrap_or_default();
                order.remove(at);
                // The backward weight at each place, compared with that at the front.
                let (mut cost, mut costs) = (0, vec![0]);
                for other in &order {
                    cost += own[*other] - weight[*other][node];
                    costs.push(cost);
                }
                let best = costs.iter().copied().min().unwrap_or_default();
                let to = if costs[at] == best {
                    at
                } else {
                    costs.iter().position(|it| *it == best).unwrap_or(at)
                };
                moved |= to != at;
                order.insert(to, node);
            }
        }
        let place = |node: u32| order.iter().position(|it| *it == node as usize);
        edges.iter().filter(|(from, to, _)| place(*from) > place(*to)).map(|(.., cost)| cost).sum()
    }

    #[test]
    fn the_cuts_cost_no_more_than_those_of_local_search() {
        for count in [20, 40, 60, 90, 120] {
            let edges = tangled(count);
            let (ours, reference) =
                (weight_of(&cheapest_cuts(count as usize, &edges), &edges), local_search(count, &edges));
            assert!(ours <= reference, "{count} packages: {ours} is cut, {reference} would do");
        }
    }

    #[test]
    fn a_node_that_the_greedy_order_misplaces_moves() {
        // Two rings that share a node: cutting the two light edges is enough.
        let edges = [(0, 1, 9), (1, 2, 9), (2, 0, 1), (2, 3, 9), (3, 4, 9), (4, 2, 1), (4, 0, 2)];
        let cuts = cheapest_cuts(5, &edges);
        assert_eq!(weight_of(&cuts, &edges), 4, "{cuts:?}");
    }
}
