//! A drawing in parts that Mermaid renders.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{Graph, mermaid};
use crate::parts::{LONGEST, MOST_ARROWS, sentence, split};

impl Graph {
    /// The drawing in as many parts as Mermaid needs: usually one. Each arrow is in one part, with both of its boxes.
    pub fn parts(self) -> Vec<Self> {
        // The arrows of a box stay together, and boxes without arrows come last.
        let mut edges: Vec<usize> = (0..self.edges.len()).collect();
        edges.sort_by_key(|at| (self.edges[*at].from, *at));
        let is_alone = |at: &usize| self.edges.iter().all(|edge| edge.from != *at && edge.to != *at);
        let alone: Vec<usize> = (0..self.boxes.len()).filter(is_alone).collect();
        let part = |range: Range<usize>| self.part(&edges, &alone, range);
        let ranges = split(edges.len() + alone.len(), |range| {
            let part = part(range);
            part.edges.len() <= MOST_ARROWS && mermaid(&part).chars().count() <= LONGEST
        });
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

    /// The arrows and boxes of a range of all arrows, followed by the boxes without any.
    fn part(&self, edges: &[usize], alone: &[usize], range: Range<usize>) -> Self {
        let units = edges.iter().map(|at| (Some(*at), None)).chain(alone.iter().map(|at| (None, Some(*at))));
        let mut place: BTreeMap<usize, usize> = BTreeMap::new();
        let mut kept: Vec<usize> = Vec::new();
        for (edge, node) in units.skip(range.start).take(range.len()) {
            let ends = edge.map(|at| [self.edges[at].from, self.edges[at].to]);
            for node in ends.into_iter().flatten().chain(node) {
                place.insert(node, 0);
            }
            kept.extend(edge);
        }
        for (at, (_, place)) in place.iter_mut().enumerate() {
            *place = at;
        }
        kept.sort_unstable();
        let edges = kept.into_iter().map(|at| {
            let mut edge = self.edges[at].clone();
            (edge.from, edge.to) = (place[&edge.from], place[&edge.to]);
            edge
        });
        Self {
            title: self.title.clone(),
            lanes: self.lanes.clone(),
            edges: edges.collect(),
            boxes: place.keys().map(|at| self.boxes[*at].clone()).collect(),
            left_out: self.left_out.clone(),
        }
    }
}
