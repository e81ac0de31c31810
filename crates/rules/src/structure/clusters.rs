//! Items that belong together, directly or through others: the components of an undirected graph (Tarjan's disjoint
//! sets).

/// Sets of the items `0..n` that are being merged.
pub(super) struct Clusters {
    parent: Vec<usize>,
}

impl Clusters {
    /// Every item in a set of its own.
    pub(super) fn of(count: usize) -> Self {
        Self { parent: (0..count).collect() }
    }

    /// Merges two sets.
    pub(super) fn join(&mut self, left: usize, right: usize) {
        let (left, right) = (self.root(left), self.root(right));
        if left != right {
            self.parent[right.max(left)] = left.min(right);
        }
    }

    /// The representative of the set that contains `one`: its first item.
    pub(super) fn root(&mut self, one: usize) -> usize {
        let mut at = one;
        while self.parent[at] != at {
            self.parent[at] = self.parent[self.parent[at]];
            at = self.parent[at];
        }
        at
    }

    /// The sets, largest first; of equal size, by their first item.
    pub(super) fn sets(&mut self) -> Vec<Vec<usize>> {
        let mut sets: Vec<Vec<usize>> = vec![Vec::new(); self.parent.len()];
        for one in 0..self.parent.len() {
            let root = self.root(one);
            sets[root].push(one);
        }
        sets.retain(|set| !set.is_empty());
        sets.sort_by_key(|set| (std::cmp::Reverse(set.len()), set[0]));
        sets
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_joined_through_others_is_one_set() {
        let mut clusters = Clusters::of(6);
        for (left, right) in [(4, 3), (1, 4), (0, 5)] {
            clusters.join(left, right);
        }
        assert_eq!(clusters.sets(), [vec![1, 3, 4], vec![0, 5], vec![2]]);
    }
}
