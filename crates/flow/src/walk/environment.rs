//! The values of a function's names at a point of its body.

use std::sync::Arc;

use python::Name;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::{Entity, Kind, QueryState, Value};

/// Names with their values. Short attribute chains that were assigned, such as `self.items`, count as names.
#[derive(Debug, Default, Clone)]
pub(super) struct Environment {
    names: FxHashMap<Name, Value>,
    /// What was read on every path here and is in memory since: `order.user` for the row in `order`, `orders[].user`
    /// for each row in `orders`, `orders` itself if it is a queryset.
    read: FxHashSet<Name>,
    /// The same for attributes that the code itself assigned or found (`shoe.brand = brand`), with everything reachable
    /// through them: `*` in place of a name that can't be read.
    given: FxHashSet<Name>,
    /// Names that hold a different query after each way through a branch, with these queries.
    either: FxHashMap<Name, Vec<Arc<QueryState>>>,
}

impl Environment {
    pub(super) fn get(&self, name: &str) -> Option<&Value> {
        self.names.get(name)
    }

    /// Whether a name holds something like this.
    pub(super) fn holds(&self, is_it: &dyn Fn(&Value) -> bool) -> bool {
        self.names.values().any(is_it)
    }

    pub(super) fn set(&mut self, name: Name, value: Value) {
        // The attributes of the previous value don't apply to the new one.
        if !name.contains('.') && self.names.keys().any(|key| is_attribute_of(key, &name)) {
            self.names.retain(|key, _| !is_attribute_of(key, &name));
        }
        self.forget(&name);
        self.names.insert(name, value);
    }

    /// The same value with more known of it: what was noted of it still holds.
    pub(super) fn refine(&mut self, name: &str, value: Value) {
        if let Some(held) = self.names.get_mut(name) {
            *held = value;
        }
    }

    /// Changes each row that a name holds, by itself or among others.
    pub(super) fn each_row(&mut self, change: &mut dyn FnMut(&mut Entity)) {
        self.names.values_mut().for_each(|value| on_rows(value, change));
    }

    /// The same for one name.
    pub(super) fn each_row_of(&mut self, name: &str, change: &mut dyn FnMut(&mut Entity)) {
        if let Some(value) = self.names.get_mut(name) {
            on_rows(value, change);
        }
    }

    /// The same for names that hold something else than before.
    pub(super) fn each_row_since(&mut self, before: &Self, change: &mut dyn FnMut(&mut Entity)) {
        for (name, value) in &mut self.names {
            if before.names.get(name).is_none_or(|held| held != value) {
                on_rows(value, change);
            }
        }
    }

    /// Forgets the values that were assigned to attributes of rows like this.
    pub(super) fn forget_assigned(&mut self, is_it: &dyn Fn(&Entity) -> bool) {
        let holds_it = |value: &Value| matches!(&value.kind, Kind::Entity(row) if is_it(row));
        let rows: Vec<Name> =
            self.names.iter().filter(|(_, value)| holds_it(value)).map(|(name, _)| name.clone()).collect();
        if !rows.is_empty() {
            self.names.retain(|key, _| !rows.iter().any(|row| is_attribute_of(key, row)));
        }
    }

    /// The queries of which a name holds one, depending on the way here.
    pub(super) fn either_of(&self, name: &str) -> &[Arc<QueryState>] {
        self.either.get(name).map_or(&[], Vec::as_slice)
    }

    pub(super) fn remove(&mut self, name: &str) {
        self.forget(name);
        self.names.remove(name);
    }

    /// Lets each name that holds rows of its own hold what `other` says that it holds there, if `is_param`. Returns these
    /// rows.
    pub(super) fn give_way(&mut self, other: &Self, is_param: &dyn Fn(&Value) -> bool) -> Vec<Value> {
        let mut rows = Vec::new();
        for (name, held) in &other.names {
            if is_param(held)
                && let Some(own) = self.names.get_mut(name)
                && super::fallbacks::are_rows(own)
            {
                rows.push(std::mem::replace(own, held.clone()));
            }
        }
        rows
    }

    /// The names whose rows only one of two environments loads something with, and what.
    pub(super) fn loaded_otherwise(&self, other: &Self) -> Vec<(Name, Vec<super::sometimes::OfOne>)> {
        let mut found = Vec::new();
        for (name, value) in &self.names {
            let Some(held) = other.names.get(name).filter(|held| *held != value) else { continue };
            let differing = super::sometimes::loaded_in_one(value, held);
            if !differing.is_empty() {
                found.push((name.clone(), differing));
            }
        }
        found
    }

    /// Marks what `chain` names as being in memory from here on.
    pub(super) fn note_read(&mut self, chain: Name) {
        self.read.insert(chain);
    }

    /// Whether what `chain` names is in memory.
    pub(super) fn is_read(&self, chain: &str) -> bool {
        self.read.contains(chain)
    }

    /// Whether a name holds this query, and whether its rows are in memory.
    pub(super) fn knows_rows(&self, query: &Kind) -> (bool, bool) {
        let mut holding = self.names.iter().filter(|(_, value)| value.kind == *query).peekable();
        let is_named = holding.peek().is_some();
        (is_named, holding.any(|(name, _)| self.read.contains(name)))
    }

    /// Marks the rows of a query as being in memory, under each name that holds it.
    pub(super) fn note_rows(&mut self, query: &Kind) {
        let holding = self.names.iter().filter(|(_, value)| value.kind == *query);
        self.read.extend(holding.map(|(name, _)| name.clone()));
    }

    /// Notes that the code put what `chain` names there.
    pub(super) fn note_given(&mut self, chain: Name) {
        self.given.insert(chain);
    }

    /// Whether the code put the attribute `name` of what `holder` names there.
    pub(super) fn is_given(&self, holder: &str, name: &str) -> bool {
        !self.given.is_empty()
            && [name, "*"].iter().any(|name| self.given.contains(format!("{holder}.{name}").as_str()))
    }

    /// The attributes that the code put on what `name` holds, `[]` included where it ends in that.
    pub(super) fn given_to<'e>(&'e self, name: &'e str) -> impl Iterator<Item = &'e str> {
        self.given.iter().filter_map(move |chain| chain.strip_prefix(name)?.strip_prefix('.'))
    }

    /// The attributes that were read of what `name` holds, `[]` included where it ends in that.
    pub(super) fn read_of<'e>(&'e self, name: &'e str) -> impl Iterator<Item = &'e str> {
        self.read.iter().filter_map(move |chain| chain.strip_prefix(name)?.strip_prefix('.'))
    }

    /// Those of them that are attributes of what `name` holds itself.
    pub(super) fn own_attributes_read_of<'e>(&'e self, name: &'e str) -> impl Iterator<Item = Name> {
        self.read_of(name).filter(|read| !read.contains(['.', '['])).map(Name::from)
    }

    /// Forgets what is in memory: a commit expires all rows.
    pub(super) fn expire(&mut self) {
        self.read.clear();
        self.given.clear();
    }

    /// Notes that nothing is known any more of what is in memory of the row that `name` holds.
    pub(super) fn forget(&mut self, name: &str) {
        let is_other = |chain: &Name| {
            chain.strip_prefix(name).is_none_or(|rest| !(rest.is_empty() || rest.starts_with(['.', '['])))
        };
        self.read.retain(is_other);
        self.given.retain(is_other);
        self.either.remove(name);
    }

    /// The environment after two branches: what both agree on. A name that only one side binds has that side's value,
    /// because using it unbound would fail anyway.
    #[must_use]
    pub(super) fn join(mut self, other: Self) -> Self {
        for (name, value) in &other.names {
            let (Some(Kind::Query(left)), Kind::Query(right)) =
                (self.names.get(name).map(|own| &own.kind), &value.kind)
            else {
                continue;
            };
            if left.source != right.source && left.model == right.model {
                let mut ways = ways_of(&self.either, name, left);
                ways.extend(ways_of(&other.either, name, right));
                ways.truncate(super::MAX_ARMS);
                self.either.insert(name.clone(), ways);
            }
        }
        for (name, value) in other.names {
            match self.names.get_mut(&name) {
                Some(own) if *own != value => *own = own.join(&value),
                Some(_) => {}
                None => {
                    self.names.insert(name, value);
                }
            }
        }
        self.read.retain(|chain| other.read.contains(chain));
        // Who puts it there for some rows knows which ones lack it.
        self.given.extend(other.given);
        self
    }
}

/// The queries that a name may hold, of which `joined` is what they agree on.
fn ways_of(
    either: &FxHashMap<Name, Vec<Arc<QueryState>>>,
    name: &Name,
    joined: &Arc<QueryState>,
) -> Vec<Arc<QueryState>> {
    either.get(name).cloned().unwrap_or_else(|| vec![Arc::clone(joined)])
}

fn is_attribute_of(key: &str, name: &str) -> bool {
    key.len() > name.len() && key.starts_with(name) && key.as_bytes()[name.len()] == b'.'
}

/// Changes the row that a value is, or those that it holds.
pub(super) fn on_rows(value: &mut Value, change: &mut dyn FnMut(&mut Entity)) {
    match &mut value.kind {
        Kind::Entity(row) => change(row),
        Kind::Many(one) if matches!(one.kind, Kind::Entity(_)) => {
            let mut row = (**one).clone();
            on_rows(&mut row, change);
            if row != **one {
                value.kind = Kind::Many(row.into());
            }
        }
        _ => {}
    }
}
