//! All problems of one loop are one finding.

use flow::{Loop, ProblemKind, Site};
use rustc_hash::FxHashMap;

use super::Found;

/// Everything that one loop runs in each of its iterations. Never empty.
pub(crate) struct PerLoop {
    /// The iterable.
    pub(crate) site: Site,
    /// What is known about the loop.
    pub(crate) around: Loop,
    first: Found,
    others: Vec<Found>,
    /// How many of the last ones belong to nested loops over relationships of this loop's rows.
    deeper: usize,
}

impl PerLoop {
    /// The first by position.
    pub(crate) fn first(&self) -> &Found {
        &self.first
    }

    /// All, in order.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Found> {
        std::iter::once(&self.first).chain(&self.others)
    }

    /// Whether it happens in a loop nested in this one.
    pub(crate) fn is_deeper(&self, found: &Found) -> bool {
        let own = self.others.len() - self.deeper;
        self.others.iter().skip(own).any(|deeper| std::ptr::eq(deeper, found))
    }
}

/// Groups problems by the loop that runs them, in the order of positions. A loop over a relationship of another loop's
/// rows belongs to that loop if the outer query would load both.
pub(crate) fn by_loop(found: Vec<Found>) -> Vec<PerLoop> {
    let mut groups: Vec<PerLoop> = Vec::new();
    let mut index: FxHashMap<(Site, String), usize> = FxHashMap::default();
    for found in found {
        let Some((site, around)) = found.problem.around.clone() else { continue };
        let key = (site, around.each.to_string());
        if let Some(group) = index.get(&key).and_then(|at| groups.get_mut(*at)) {
            group.others.push(found);
        } else {
            index.insert(key, groups.len());
            groups.push(PerLoop { site, around, first: found, others: Vec::new(), deeper: 0 });
        }
    }
    for group in &mut groups {
        group.others.sort_by_key(|found| found.span);
        if let Some(before) = group.others.first_mut()
            && before.span < group.first.span
        {
            std::mem::swap(before, &mut group.first);
            group.others.sort_by_key(|found| found.span);
        }
    }
    nested(groups)
}

/// Merges groups into those of outer loops whose query would load what they read.
fn nested(groups: Vec<PerLoop>) -> Vec<PerLoop> {
    let mut kept: Vec<PerLoop> = Vec::new();
    for group in groups {
        let outer = kept.iter_mut().find(|outer| group.all().all(|found| leads_from(outer, found)));
        match outer {
            Some(outer) => {
                outer.deeper += 1 + group.others.len();
                outer.others.push(group.first);
                outer.others.extend(group.others);
            }
            None => kept.push(group),
        }
    }
    kept
}

/// Whether what is read is behind a relationship that the rows of `outer` load one by one.
fn leads_from(outer: &PerLoop, found: &Found) -> bool {
    let ProblemKind::LazyPerRow { chain: inner, query: Some(query), .. } = &found.problem.kind else {
        return false;
    };
    outer.all().any(|before| {
        before.function == found.function
            && matches!(
                &before.problem.kind,
                ProblemKind::LazyPerRow { chain, query: Some(known), is_refined: false, .. }
                    if known == query && chain.len() < inner.len() && inner.starts_with(chain)
            )
    })
}
