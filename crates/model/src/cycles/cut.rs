//! Which edges to cut: a small, cheap feedback arc set.
//!
//! Finding the smallest one is NP-hard. The ordering heuristic of P. Eades, X. Lin and W. F. Smyth ("A fast and
//! effective heuristic for the feedback arc set problem", 1993), extended by weights, yields an order in which few
//! edges point backwards. Single nodes are then moved while that improves the order ([`super::insertion`]). The same is
//! done from the order of surplus alone, since each start misses what the other finds, and the cheaper result is kept.
//! Finally, every backward edge that no longer closes a cycle is restored, most expensive first.

use std::collections::BTreeSet;

use rustc_hash::FxHashSet;

use super::component::Local;

/// The maximum number of steps for restoring edges. When it is exceeded, the set is still a cut, but may not be
/// minimal.
const BUDGET: usize = 1_000_000;

/// Edges of a component (from, to) whose removal breaks all cycles, cheapest first.
pub(crate) fn cuts(graph: &Local) -> Vec<(u32, u32)> {
    let [greedy, plain] = [order(graph), by_surplus(graph)].map(|mut position| {
        super::insertion::improve(graph, &mut position);
        position
    });
    let position =
        if backward_weight(graph, &plain) < backward_weight(graph, &greedy) { plain } else { greedy };
    let is_backward = |from: u32, to: u32| position[from as usize] >= position[to as usize];
    let mut backward: Vec<(u32, u32, u32)> = graph
        .iter()
        .filter(|(from, edge)| is_backward(*from, edge.to))
        .map(|(from, edge)| (edge.weight, from, edge.to))
        .collect();
    backward.sort_unstable();
    minimize(graph, &mut backward);
    backward.into_iter().map(|(_, from, to)| (from, to)).collect()
}

/// The weight of the edges that point backwards in an order.
fn backward_weight(graph: &Local, position: &[u32]) -> u64 {
    let backward = graph.iter().filter(|(from, edge)| position[*from as usize] >= position[edge.to as usize]);
    backward.map(|(_, edge)| u64::from(edge.weight)).sum()
}

/// The position of each node in the order of surplus: the weight of its outgoing edges less that of its incoming ones,
/// largest first.
fn by_surplus(graph: &Local) -> Vec<u32> {
    let mut surplus = vec![0i64; graph.edges.len()];
    for (from, edge) in graph.iter() {
        surplus[from as usize] += i64::from(edge.weight);
        surplus[edge.to as usize] -= i64::from(edge.weight);
    }
    let mut nodes: Vec<usize> = (0..surplus.len()).collect();
    nodes.sort_by_key(|node| std::cmp::Reverse(surplus[*node]));
    let mut position = vec![0u32; nodes.len()];
    for (place, node) in nodes.into_iter().enumerate() {
        position[node] = place as u32;
    }
    position
}

/// The position of each node in an order whose backward edges have a low total weight.
fn order(graph: &Local) -> Vec<u32> {
    let count = graph.edges.len();
    let mut incoming: Vec<Vec<(u32, u32)>> = vec![Vec::new(); count];
    let mut into = vec![0i64; count];
    let mut out = vec![0i64; count];
    for (from, edge) in graph.iter() {
        incoming[edge.to as usize].push((from, edge.weight));
        into[edge.to as usize] += i64::from(edge.weight);
        out[from as usize] += i64::from(edge.weight);
    }
    // Nodes ranked by the benefit of placing them first: sources and sinks before all others, then the largest surplus.
    let rank = |node: usize, into: &[i64], out: &[i64]| {
        let surplus = match (into[node], out[node]) {
            (0, _) => i64::MAX,
            (_, 0) => i64::MAX - 1,
            (into, out) => out - into,
        };
        (std::cmp::Reverse(surplus), node)
    };
    let mut queue: BTreeSet<_> = (0..count).map(|node| rank(node, &into, &out)).collect();
    let mut position = vec![0u32; count];
    let (mut front, mut back) = (0u32, count as u32);
    let mut placed = vec![false; count];
    while let Some((_, node)) = queue.pop_first() {
        placed[node] = true;
        if out[node] == 0 && into[node] != 0 {
            back -= 1;
            position[node] = back;
        } else {
            position[node] = front;
            front += 1;
        }
        for edge in &graph.edges[node] {
            let to = edge.to as usize;
            if !placed[to] {
                queue.remove(&rank(to, &into, &out));
                into[to] -= i64::from(edge.weight);
                queue.insert(rank(to, &into, &out));
            }
        }
        for (from, weight) in &incoming[node] {
            let from = *from as usize;
            if !placed[from] {
                queue.remove(&rank(from, &into, &out));
                out[from] -= i64::from(*weight);
                queue.insert(rank(from, &into, &out));
            }
        }
    }
    position
}

/// Restores the edges that no longer close a cycle, most expensive first.
fn minimize(graph: &Local, cuts: &mut Vec<(u32, u32, u32)>) {
    let cut_edges: FxHashSet<(u32, u32)> = cuts.iter().map(|(_, from, to)| (*from, *to)).collect();
    let mut kept: Vec<Vec<u32>> = graph
        .edges
        .iter()
        .enumerate()
        .map(|(from, edges)| {
            let is_cut = |to: u32| cut_edges.contains(&(from as u32, to));
            edges.iter().map(|edge| edge.to).filter(|to| !is_cut(*to)).collect()
        })
        .collect();
    let mut budget = BUDGET;
    let mut needed: Vec<(u32, u32, u32)> = Vec::new();
    for cut in cuts.drain(..).rev() {
        let (_, from, to) = cut;
        if reaches(&kept, to, from, &mut budget) {
            needed.push(cut);
        } else {
            kept[from as usize].push(to);
        }
    }
    needed.sort_unstable();
    *cuts = needed;
}

/// Whether there is a path from `start` to `goal`; also true when the budget is exhausted.
fn reaches(edges: &[Vec<u32>], start: u32, goal: u32, budget: &mut usize) -> bool {
    *budget = budget.saturating_sub(edges.len() / 16);
    let mut seen = vec![false; edges.len()];
    let mut stack = vec![start];
    seen[start as usize] = true;
    while let Some(node) = stack.pop() {
        if node == goal {
            return true;
        }
        for next in &edges[node as usize] {
            *budget = budget.saturating_sub(1);
            if *budget == 0 {
                return true;
            }
            if !std::mem::replace(&mut seen[*next as usize], true) {
                stack.push(*next);
            }
        }
    }
    false
}
