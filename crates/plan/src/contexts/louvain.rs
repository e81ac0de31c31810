//! Communities in a graph: V. D. Blondel, J.-L. Guillaume, R. Lambiotte and E. Lefebvre, "Fast unfolding of communities
//! in large networks" (2008).
//!
//! Nodes move in their order and, with equal gains, to the first community: the same graph gives the same communities.
//! Weights are integers, so nothing is rounded.

use std::collections::BTreeMap;

/// Limit on the rounds per level; each but the last moves a node to a better place.
const ROUNDS: usize = 100;

/// The communities of `count` nodes with these edges (from, to, weight; each pair once), each sorted, in the order of
/// their first nodes.
pub(super) fn communities(count: usize, edges: &[(usize, usize, u64)]) -> Vec<Vec<usize>> {
    let mut members: Vec<Vec<usize>> = (0..count).map(|node| vec![node]).collect();
    let mut level = Level::new(count, edges);
    loop {
        let (assigned, moved) = level.assign();
        if !moved {
            break;
        }
        let (joined, next) = level.folded(&assigned);
        let mut merged: Vec<Vec<usize>> = vec![Vec::new(); next.count()];
        for (node, list) in members.into_iter().enumerate() {
            merged[joined[node]].extend(list);
        }
        members = merged;
        level = next;
    }
    for list in &mut members {
        list.sort_unstable();
    }
    members.sort();
    members
}

/// One level: an undirected graph with loops.
struct Level {
    neighbours: Vec<BTreeMap<usize, u64>>,
    loops: Vec<u64>,
}

impl Level {
    fn new(count: usize, edges: &[(usize, usize, u64)]) -> Self {
        let mut level = Self { neighbours: vec![BTreeMap::new(); count], loops: vec![0; count] };
        for (from, to, weight) in edges {
            level.add(*from, *to, *weight);
        }
        level
    }

    fn add(&mut self, from: usize, to: usize, weight: u64) {
        if from == to {
            self.loops[from] += weight;
        } else {
            *self.neighbours[from].entry(to).or_default() += weight;
            *self.neighbours[to].entry(from).or_default() += weight;
        }
    }

    fn count(&self) -> usize {
        self.loops.len()
    }

    fn degree(&self, node: usize) -> u64 {
        self.neighbours[node].values().sum::<u64>() + 2 * self.loops[node]
    }

    /// The community of each node, and whether any left its own.
    fn assign(&self) -> (Vec<usize>, bool) {
        let degrees: Vec<u64> = (0..self.count()).map(|node| self.degree(node)).collect();
        let whole = i128::from(degrees.iter().sum::<u64>());
        let mut of: Vec<usize> = (0..self.count()).collect();
        let mut totals: Vec<i128> = degrees.iter().map(|degree| i128::from(*degree)).collect();
        let mut has_moved = false;
        for _ in 0..ROUNDS {
            let mut moved = false;
            for node in 0..self.count() {
                let own = i128::from(degrees[node]);
                let mut links: BTreeMap<usize, i128> = BTreeMap::new();
                for (other, weight) in &self.neighbours[node] {
                    *links.entry(of[*other]).or_default() += i128::from(*weight);
                }
                let home = of[node];
                totals[home] -= own;
                // The gain in modularity, times a common factor.
                let gain = |community: usize, links: i128| links * whole - totals[community] * own;
                let mut best = (gain(home, links.get(&home).copied().unwrap_or_default()), home);
                for (community, weight) in links {
                    let gain = gain(community, weight);
                    if gain > best.0 {
                        best = (gain, community);
                    }
                }
                totals[best.1] += own;
                of[node] = best.1;
                moved |= best.1 != home;
            }
            has_moved |= moved;
            if !moved {
                break;
            }
        }
        (of, has_moved)
    }

    /// The node of the next level for each node, and that level.
    fn folded(&self, of: &[usize]) -> (Vec<usize>, Self) {
        let mut places: BTreeMap<usize, usize> = BTreeMap::new();
        let joined: Vec<usize> = of
            .iter()
            .map(|community| {
                let next = places.len();
                *places.entry(*community).or_insert(next)
            })
            .collect();
        let mut next = Self::new(places.len(), &[]);
        for (node, neighbours) in self.neighbours.iter().enumerate() {
            next.add(joined[node], joined[node], self.loops[node]);
            for (other, weight) in neighbours.iter().filter(|(other, _)| **other > node) {
                next.add(joined[node], joined[*other], *weight);
            }
        }
        (joined, next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A ring of cliques: the example of the paper.
    fn ring(cliques: usize, size: usize) -> Vec<(usize, usize, u64)> {
        let mut edges = Vec::new();
        for clique in 0..cliques {
            let base = clique * size;
            for left in 0..size {
                edges.extend((left + 1..size).map(|right| (base + left, base + right, 3)));
            }
            edges.push((base, (base + size) % (cliques * size), 1));
        }
        edges
    }

    #[test]
    fn what_works_together_is_one() {
        let found = communities(24, &ring(6, 4));
        assert_eq!(
            found,
            (0..6).map(|clique| (clique * 4..clique * 4 + 4).collect()).collect::<Vec<Vec<usize>>>()
        );
    }

    #[test]
    fn who_knows_nobody_is_alone() {
        assert_eq!(communities(3, &[(0, 2, 5)]), [vec![0, 2], vec![1]]);
        assert_eq!(communities(0, &[]), Vec::<Vec<usize>>::new());
    }
}
