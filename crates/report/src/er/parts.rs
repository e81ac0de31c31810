//! Tables in parts that Mermaid renders.

use std::collections::BTreeSet;
use std::ops::Range;

use super::{Er, mermaid};
use crate::parts::{LONGEST, sentence, split};

impl Er {
    /// The tables in as many parts as Mermaid needs: usually one. A key is in the part of its table; a table of another
    /// part that it leads to is drawn there without its columns.
    pub fn parts(self) -> Vec<Self> {
        // Contexts stay together.
        let mut order: Vec<usize> = (0..self.tables.len()).collect();
        order.sort_by_key(|at| (self.tables[*at].context.clone(), *at));
        let part = |range: Range<usize>| self.part(&order[range].iter().copied().collect());
        let ranges = split(order.len(), |range| mermaid(&part(range)).chars().count() <= LONGEST);
        let count = ranges.len();
        if count == 1 {
            return vec![self];
        }
        let numbered = ranges.into_iter().enumerate().map(|(at, range)| {
            let mut part = part(range);
            part.left_out.insert(0, sentence(at + 1, count));
            part
        });
        numbered.collect()
    }

    /// These tables, with those that their keys lead to.
    fn part(&self, own: &BTreeSet<usize>) -> Self {
        let links: Vec<_> = self.links.iter().filter(|link| own.contains(&link.from)).cloned().collect();
        let shown: BTreeSet<usize> = own.iter().copied().chain(links.iter().map(|link| link.to)).collect();
        let mut whole = self.clone();
        whole.links = links;
        for (at, table) in whole.tables.iter_mut().enumerate() {
            if !own.contains(&at) {
                table.columns.clear();
            }
        }
        whole.only(&shown)
    }
}
