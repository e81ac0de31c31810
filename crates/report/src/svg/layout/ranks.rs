//! How far down each box is.

use crate::graph::Graph;

/// The maximum number of ranks in one lane: lanes are read from side to side.
const MOST_IN_LANE: usize = 3;

/// The rank of each box, from the top.
pub(super) fn ranks(graph: &Graph) -> Vec<usize> {
    let count = graph.boxes.len();
    if graph.lanes.is_empty() {
        return longest_ways(graph, &vec![true; count]);
    }
    // Boxes outside of lanes are above them if they lead anywhere, and below otherwise.
    let bottom = graph.lanes.len() + 1;
    let leads_on = |index: usize| graph.edges.iter().any(|edge| edge.from == index && edge.to != index);
    let groups: Vec<usize> = graph
        .boxes
        .iter()
        .enumerate()
        .map(|(index, node)| match node.lane {
            Some(lane) => lane + 1,
            None if leads_on(index) => 0,
            None => bottom,
        })
        .collect();
    let mut ranks = vec![0; count];
    let mut next = 0;
    for group in 0..=bottom {
        let inside: Vec<bool> = groups.iter().map(|it| *it == group).collect();
        let most = if group == 0 || group == bottom { usize::MAX } else { MOST_IN_LANE };
        let ways = longest_ways(graph, &inside);
        let mut deepest = None;
        for index in (0..count).filter(|index| groups[*index] == group) {
            let rank = ways[index].min(most - 1);
            ranks[index] = next + rank;
            deepest = deepest.max(Some(rank));
        }
        next += deepest.map_or(0, |deepest| deepest + 1);
    }
    ranks
}

/// The length of the longest path to each box among those inside, ignoring arrows that close a cycle.
fn longest_ways(graph: &Graph, inside: &[bool]) -> Vec<usize> {
    let count = inside.len();
    let is_inside = |index: usize| inside.get(index).is_some_and(|is| *is);
    let mut outgoing: Vec<Vec<usize>> = vec![Vec::new(); count];
    for edge in graph.edges.iter().filter(|edge| is_inside(edge.from) && is_inside(edge.to)) {
        if edge.from != edge.to {
            outgoing[edge.from].push(edge.to);
        }
    }
    // In reverse postorder, every arrow leads forward except those that close a cycle.
    let mut left = Vec::new();
    let mut state = vec![0_u8; count];
    for start in 0..count {
        let mut stack = vec![(start, 0_usize)];
        if state[start] != 0 {
            continue;
        }
        state[start] = 1;
        while let Some((node, next)) = stack.pop() {
            match outgoing[node].get(next) {
                Some(to) => {
                    stack.push((node, next + 1));
                    if state[*to] == 0 {
                        state[*to] = 1;
                        stack.push((*to, 0));
                    }
                }
                None => left.push(node),
            }
        }
    }
    left.reverse();
    let mut at = vec![0; count];
    for (index, node) in left.iter().enumerate() {
        at[*node] = index;
    }
    let mut ranks = vec![0; count];
    for node in &left {
        for to in &outgoing[*node] {
            if at[*to] > at[*node] {
                ranks[*to] = ranks[*to].max(ranks[*node] + 1);
            }
        }
    }
    ranks
}
