//! Which edges to cut: a small, cheap feedback arc set.
//!
//! Finding the smallest is NP-hard. The ordering heuristic of P. Eades, X. Lin and W. F. Smyth ("A fast and effective
//! heuristic for the feedback arc set problem", 1993), with weights, gives an order in which few edges point backwards;
//! single nodes then move in it while that helps ([`super::insertion`]); last, every backward edge that closes nothing any
//! more is given back, dearest first.

use std::collections::BTreeSet;

use rustc_hash::FxHashSet;

use super::component::Local;

/// Steps allowed for giving edges back. Beyond it the set is still a cut, only not a minimal one.
const BUDGET: usize = 1_000_000;

/// Edges of a component (from, to) without which no cycle is left, cheapest first.
pub(crate) fn cuts(graph: &Local) -> Vec<(u32, u32)> {
    let mut position = order(graph);
    super::insertion::improve(graph, &mut position);
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

/// The position of each node in an order in which the edges that point backwards weigh little.
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
    // Nodes by what putting them in front saves: sources and sinks before all others, then the largest surplus.
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

/// Gives back what closes nothing any more, dearest first.
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

/// Whether a way leads from `start` to `goal`; also yes when the budget is spent.
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
