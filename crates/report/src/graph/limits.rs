//! Limits for readability: beyond them, the least connected boxes and the thinnest arrows are left out, with a note.

use std::collections::BTreeSet;

use super::{Graph, Verdict};

/// The maximum number of boxes in one picture.
pub const MOST_BOXES: usize = 40;
/// The maximum number of arrows in one picture.
pub const MOST_EDGES: usize = 80;

impl Graph {
    /// The same with at most this many boxes and arrows, with a note about what is left out. Arrows that break a rule
    /// are kept first, then thick ones before thin ones. Those that close cycles get half of the rest at most: without
    /// the others, they say nothing about the structure.
    #[must_use]
    pub fn limited(mut self, boxes: usize, edges: usize) -> Self {
        if self.boxes.len() > boxes {
            self.keep_boxes(boxes);
        }
        if self.edges.len() > edges {
            let mut order: Vec<usize> = (0..self.edges.len()).collect();
            order.sort_by_key(|index| {
                let edge = &self.edges[*index];
                (edge.verdict.is_fine(), std::cmp::Reverse(edge.imports.len()), *index)
            });
            let is_cycle = |index: &usize| self.edges[*index].verdict == Verdict::Cycle;
            let (cycles, others): (Vec<usize>, Vec<usize>) = order.into_iter().partition(is_cycle);
            let against = others.iter().filter(|at| !self.edges[**at].verdict.is_fine()).count().min(edges);
            let half = (edges - against) / 2;
            let most = half.max(edges.saturating_sub(others.len())).min(cycles.len());
            let kept: BTreeSet<usize> =
                others.into_iter().take(edges - most).chain(cycles.into_iter().take(most)).collect();
            let gone = self.edges.len() - kept.len();
            let wrong = self
                .edges
                .iter()
                .enumerate()
                .filter(|(at, it)| !kept.contains(at) && !it.verdict.is_fine())
                .count();
            let mut at = 0;
            self.edges.retain(|_| {
                at += 1;
                kept.contains(&(at - 1))
            });
            let among = if wrong > 0 { format!(", {wrong} of them marked") } else { String::new() };
            self.left_out.push(format!("{gone} arrows with the fewest imports are not drawn{among}."));
        }
        self
    }

    fn keep_boxes(&mut self, most: usize) {
        let mut weight = vec![(0_usize, 0_usize); self.boxes.len()];
        for edge in &self.edges {
            for end in [edge.from, edge.to] {
                weight[end].0 += usize::from(!edge.verdict.is_fine());
                weight[end].1 += edge.imports.len().max(1);
            }
        }
        let mut order: Vec<usize> = (0..self.boxes.len()).collect();
        order.sort_by_key(|index| (std::cmp::Reverse(weight[*index]), *index));
        let kept: BTreeSet<usize> = order.into_iter().take(most).collect();
        let gone: Vec<&str> = (0..self.boxes.len())
            .filter(|at| !kept.contains(at))
            .map(|at| self.boxes[at].title.as_str())
            .collect();
        let names = if gone.len() <= 12 { format!(": {}", gone.join(", ")) } else { String::new() };
        let sentence = format!("{} boxes with the fewest imports are not drawn{names}.", gone.len());
        let place: Vec<Option<usize>> = {
            let mut next = 0..;
            (0..self.boxes.len()).map(|at| if kept.contains(&at) { next.next() } else { None }).collect()
        };
        let mut at = 0;
        self.boxes.retain(|_| {
            at += 1;
            kept.contains(&(at - 1))
        });
        self.edges = std::mem::take(&mut self.edges)
            .into_iter()
            .filter_map(|mut edge| {
                edge.from = place[edge.from]?;
                edge.to = place[edge.to]?;
                Some(edge)
            })
            .collect();
        self.left_out.push(sentence);
    }
}
