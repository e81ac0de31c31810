//! Cycles in a difference. A finding shows the shortest cycle of all modules that reach each other. When a change joins
//! or parts such groups, other cycles are shown, of imports that nobody touched: those are neither new nor fixed. If a
//! group has grown, what is told is the cycle that the change itself closes.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use model::EdgeKind;

use super::Delta;
use super::state::{FileState, Hop, State};
use crate::row::Row;

/// The limit on the imports listed for a cycle.
const FEW: usize = 3;

/// The imports of one state, by path.
pub(super) struct Imports(BTreeMap<String, FileState>);

/// A cycle that a change closes: each file imports the next, the last one the first. The first import is the new one.
type Way<'i> = Vec<&'i str>;

impl Imports {
    /// Those of the files that were looked at: all that reach a changed one, so all of every cycle that a change closes.
    pub(super) fn of(state: &State) -> Self {
        let files = state.files.values().map(|file| {
            let known = FileState { rows: Vec::new(), missing: Vec::new(), ..file.clone() };
            (file.path.clone(), known)
        });
        Self(files.collect())
    }

    fn hops(&self, from: &str) -> &[Hop] {
        self.0.get(from).map_or(&[], |file| &file.hops)
    }

    fn hop(&self, from: &str, to: &str) -> Option<&Hop> {
        self.hops(from).iter().filter(|hop| hop.to == to).max_by_key(|hop| hop.kind)
    }

    /// When the imports of a cycle take effect; `None` if some of them aren't there.
    fn kind(&self, cycle: &[String]) -> Option<EdgeKind> {
        let next = cycle.iter().cycle().skip(1);
        let kinds = cycle.iter().zip(next).map(|(from, to)| Some(self.hop(from, to)?.kind));
        kinds.collect::<Option<Vec<_>>>()?.into_iter().min()
    }

    /// The shortest cycle through an import that `before` doesn't have, of imports that take effect at least so early.
    fn closed(&self, before: &Self, at_least: EdgeKind) -> Option<Way<'_>> {
        let is_new = |from: &str, hop: &&Hop| {
            hop.kind >= at_least && before.hop(from, &hop.to).is_none_or(|old| old.kind < at_least)
        };
        let added = self.0.iter().flat_map(|(from, file)| {
            file.hops.iter().filter(move |hop| is_new(from, hop)).map(move |hop| (from.as_str(), hop))
        });
        added.filter_map(|(from, hop)| self.way_back(from, &hop.to, at_least)).min_by_key(Vec::len)
    }

    fn way_back<'i>(&'i self, from: &'i str, to: &'i str, at_least: EdgeKind) -> Option<Way<'i>> {
        let mut came: BTreeMap<&str, &str> = BTreeMap::new();
        let mut seen = BTreeSet::from([to]);
        let mut queue = VecDeque::from([to]);
        while let Some(at) = queue.pop_front() {
            if at == from {
                let mut way = vec![from];
                let mut here = from;
                while let Some(before) = came.get(here) {
                    here = before;
                    way.push(here);
                }
                // From the new import on: the file that it leaves is at the end of the way back.
                way.reverse();
                way.rotate_right(1);
                return Some(way);
            }
            for hop in self.hops(at).iter().filter(|hop| hop.kind >= at_least) {
                if seen.insert(&hop.to) {
                    came.insert(&hop.to, at);
                    queue.push_back(&hop.to);
                }
            }
        }
        None
    }

    fn name<'i>(&'i self, path: &'i str) -> &'i str {
        self.0.get(path).map_or(path, |file| &file.module)
    }

    /// The finding of a grown group, told as the cycle that makes it grow.
    fn told(&self, row: &mut Row, way: &[&str]) {
        let next = way.iter().cycle().skip(1);
        let hops: Vec<(&str, &str)> = way.iter().copied().zip(next.copied()).collect();
        let place = |(from, to): &(&str, &str)| {
            let line = self.hop(from, to).map_or(1, |hop| hop.line);
            format!("{from}:{line}")
        };
        let mut names: Vec<&str> = way.iter().map(|path| self.name(path)).collect();
        names.extend(names.first().copied());
        row.message = format!("Circular import `{}`, closed by this change", names.join(" → "));
        row.why = (row.extent > way.len())
            .then(|| format!("It joins a group of {} modules that all reach each other", row.extent));
        let said = |hop: &(&str, &str)| {
            format!("{} `{}` imports `{}`", place(hop), self.name(hop.0), self.name(hop.1))
        };
        row.related = hops.iter().take(FEW).map(said).collect();
        row.fixes = Vec::new();
        if let Some(first) = hops.first() {
            row.place = place(first);
            first.0.clone_into(&mut row.path);
        }
    }
}

/// Takes what only looks new or fixed out of the difference.
pub(super) fn settle(delta: &mut Delta, then: &Imports, now: &Imports) {
    // The same words once, though a group at import time may be part of a larger one.
    let mut told: BTreeSet<String> = BTreeSet::new();
    let mut unchanged = 0;
    let mut is_new = |row: &mut Row| {
        let Some(kind) = now.kind(&row.hops).filter(|kind| is_there(then, row, *kind)) else { return true };
        let is_kept = now.closed(then, kind).is_some_and(|way| {
            now.told(row, &way);
            told.insert(row.message.clone())
        });
        unchanged += usize::from(!is_kept);
        is_kept
    };
    delta.new.retain_mut(&mut is_new);
    delta.worse.retain_mut(|(row, was)| row.severity > was.severity || is_new(row));
    delta.unchanged += unchanged;
    delta.fixed.retain(|row| then.kind(&row.hops).is_none_or(|kind| !is_there(now, row, kind)));
}

/// Whether all imports of the cycle are there, as early as `kind`.
fn is_there(imports: &Imports, row: &Row, kind: EdgeKind) -> bool {
    imports.kind(&row.hops).is_some_and(|there| there >= kind)
}
