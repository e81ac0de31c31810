//! Copies expressions from a body to a smaller arena, so that facts contain nothing irrelevant.

use python::{Expr, ExprArena, ExprId};

/// Copies `roots` with all of their parts from `from` to the end of `to`, and returns their new ids.
///
/// Children precede parents in an arena, so one pass down marks and one pass up copies, however deeply they are nested.
pub(super) fn copy(from: &ExprArena, to: &mut ExprArena, roots: &[ExprId]) -> Vec<ExprId> {
    let Some(last) = roots.iter().map(|root| root.0 as usize).max() else { return Vec::new() };
    let mut wanted = vec![false; last + 1];
    for root in roots {
        wanted[root.0 as usize] = true;
    }
    for index in (0..=last).rev().filter(|index| *index < from.list.len()) {
        if wanted[index] {
            from.list[index].for_each_child(|child| {
                if let Some(slot) = wanted.get_mut(child.0 as usize) {
                    *slot = true;
                }
            });
        }
    }
    let mut moved = vec![None; last + 1];
    for index in (0..=last).filter(|index| wanted[*index] && *index < from.list.len()) {
        let mut expr = from.list[index].clone();
        let mut is_whole = true;
        expr.for_each_child_mut(|child| match moved.get(child.0 as usize).copied().flatten() {
            Some(ExprId(at)) => child.0 = at,
            None => is_whole = false,
        });
        moved[index] = Some(to.push(if is_whole { expr } else { Expr::Missing }));
    }
    let mut missing = || to.push(Expr::Missing);
    roots.iter().map(|root| moved[root.0 as usize].unwrap_or_else(&mut missing)).collect()
}
