//! Rows of entities, and the relationships loaded with them.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

use model::ClassRef;
use python::Name;

use super::{Inner, Path, QueryRef, Traits};
use crate::Guard;

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// The entity.
    pub model: ModelRef,
    /// The relationships in memory.
    pub loads: Loads,
    /// Where it was fetched or created.
    pub origin: Origin,
    /// Whether an async session fetched it, so that reading an unloaded relationship raises.
    pub is_async: bool,
    /// The traits of the query that fetched it.
    pub traits: Traits,
    /// The relationship back to the row from which this one was reached, and that row: both are the same object.
    pub back: Option<Arc<(Name, Inner)>>,
    /// What a session still does for it.
    pub state: RowState,
}

impl Entity {
    /// The query that fetched the row.
    pub(crate) fn query(&self) -> Option<QueryRef> {
        match &self.origin {
            Origin::Query(query) | Origin::Relationship(Some(query), _) => Some(*query),
            Origin::Relationship(None, _) | Origin::Declared | Origin::Made | Origin::Sent => None,
        }
    }

    /// The relationships from the row of the query to `name` of this row, inclusive.
    pub(crate) fn chain(&self, name: &Name) -> Vec<Name> {
        let before = match &self.origin {
            Origin::Relationship(_, chain) => chain.as_slice(),
            Origin::Query(_) | Origin::Declared | Origin::Made | Origin::Sent => &[],
        };
        before.iter().chain([name]).cloned().collect()
    }

    /// Where rows come from that the relationship `name` of this row leads to.
    pub(crate) fn leading(&self, name: &Name) -> Origin {
        Origin::Relationship(self.query(), self.chain(name))
    }
}

/// What a session still does for a row.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RowState {
    /// It loads what isn't in memory, as far as anything is known of it.
    #[default]
    Attached,
    /// It was made here and added to a session that hasn't sent it: nothing is read from the database for it.
    Added,
    /// A commit has expired it: the next read loads its columns again.
    Expired,
    /// Its session is closed: what isn't in memory can't be loaded.
    Detached,
}

/// An entity, or the parameter that determines it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum ModelRef {
    /// A known entity.
    Known(ClassRef),
    /// The class that a parameter holds: `self.model` of a generic repository.
    Held(Path),
    /// Unknown.
    Unknown,
}

impl ModelRef {
    /// The class, if it is known.
    pub fn class(&self) -> Option<&ClassRef> {
        match self {
            ModelRef::Known(class) => Some(class),
            ModelRef::Held(_) | ModelRef::Unknown => None,
        }
    }
}

/// The maximum number of relationships that are tracked for one row.
const MAX_LOADED: usize = 512;
/// The maximum length of a chain of them.
const MAX_STEPS: usize = 32;

/// The relationships in memory, in addition to those that the model loads by default.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Loads {
    /// The loaded relationships by name, each with the loads of its target.
    pub relationships: BTreeMap<Name, Loads>,
    /// Whether there were options that can't be read, so that any relationship may be loaded.
    pub is_open: bool,
    /// The parameters that hold those options, if they are the only reason for `is_open`. Callers know them.
    pub held: Option<Box<Held>>,
    /// How these rows themselves are fetched.
    pub fetch: Fetch,
    /// The relationship whose rows these are, where they are kept under a name of their own (`Prefetch(to_attr=...)`).
    pub of: Option<Box<Name>>,
    /// Whether they are loaded only on some of the ways here.
    pub is_sometimes: bool,
    /// The condition on a parameter that decides it then, if there is one.
    pub when: Option<Box<Guard>>,
}

/// The parameters that hold options: a statement, and options of its own for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    paths: Vec<Path>,
}

/// How the rows of a relationship are fetched when they are loaded with other rows. If two options differ, the greater
/// one applies.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fetch {
    /// Not loaded by these options, and reading it raises (`raiseload`).
    Refused,
    /// Loaded when read because of these options, overriding the model (`lazyload`).
    Lazy,
    /// Not loaded by these options, which only configure what is below it (`defaultload`): it is loaded if the model or
    /// another option does so.
    Kept,
    /// Not specified, or not the rows of a relationship.
    #[default]
    Unsaid,
    /// By a separate statement (`selectinload`, `prefetch_related`).
    Apart,
    /// In the same statement (`joinedload`, `select_related`).
    Joined,
}

impl Held {
    fn of(paths: Vec<Path>) -> Option<Box<Self>> {
        const MAX_HELD: usize = 3;
        (!paths.is_empty() && paths.len() <= MAX_HELD).then(|| Box::new(Self { paths }))
    }
}

impl Loads {
    /// Unknown loads: nothing may be reported as missing.
    pub fn open() -> Self {
        Self { is_open: true, ..Self::default() }
    }

    /// The loads of the options held by a parameter.
    pub fn held_by(path: Path) -> Self {
        Self { held: Held::of(vec![path]), ..Self::open() }
    }

    /// The parameters that hold the options which make it open, if nothing else does.
    pub(crate) fn held(&self) -> &[Path] {
        self.held.as_ref().map_or(&[], |held| &held.paths)
    }

    /// The same loads, without those that are open or held by parameters.
    pub(crate) fn close(&mut self) {
        self.is_open = false;
        self.held = None;
    }

    /// Marks the relationships along `path` as loaded, each on the target of the previous one.
    pub fn add<'p>(&mut self, path: impl IntoIterator<Item = &'p str>) {
        let mut at = self;
        for (step, name) in path.into_iter().enumerate() {
            if step == MAX_STEPS {
                at.is_open = true;
                return;
            }
            at = at.relationships.entry(name.into()).or_default();
        }
    }

    /// Marks a relationship as loaded, replacing what was known of it.
    pub(crate) fn put(&mut self, name: Name, loads: Self) {
        self.relationships.insert(name, loads);
        self.bound();
    }

    /// Replaces loads that are too many or too deeply nested to be traversed: anything may be loaded then.
    fn bound(&mut self) {
        let mut left = MAX_LOADED;
        if !self.fits(&mut left, MAX_STEPS) {
            *self = Self { fetch: self.fetch, ..Self::open() };
        }
    }

    fn fits(&self, left: &mut usize, depth: usize) -> bool {
        self.relationships.values().all(|loads| {
            *left = left.saturating_sub(1);
            *left > 0 && depth > 0 && loads.fits(left, depth - 1)
        })
    }

    /// The same loads, with `fetch` wherever it isn't specified.
    #[must_use]
    pub fn fetched(mut self, fetch: Fetch) -> Self {
        for loads in self.relationships.values_mut() {
            let inner = std::mem::take(loads).fetched(fetch);
            let own = if inner.fetch == Fetch::Unsaid { fetch } else { inner.fetch };
            *loads = Self { fetch: own, ..inner };
        }
        self
    }

    /// The loads of the target of `name`; `None` if it isn't loaded.
    pub fn get(&self, name: &str) -> Option<&Loads> {
        self.relationships.get(name).filter(|loads| loads.fetch > Fetch::Kept)
    }

    /// How options configure `name` without loading it: as lazy, or to raise when read.
    pub(crate) fn kept_from(&self, name: &str) -> Option<Fetch> {
        self.relationships.get(name).map(|loads| loads.fetch).filter(|fetch| *fetch < Fetch::Kept)
    }

    /// Forgets what is loaded only on some of the ways here: what each row needs isn't there on the others.
    pub(crate) fn forget_sometimes(&mut self) {
        self.relationships.retain(|_, loads| !loads.is_sometimes);
        self.relationships.values_mut().for_each(Self::forget_sometimes);
    }

    /// How many relationships are loaded.
    pub(crate) fn count(&self) -> usize {
        self.relationships.values().map(|loads| 1 + loads.count()).sum()
    }

    /// What is loaded in at least one of the two.
    #[must_use]
    pub fn either(&self, other: &Self) -> Self {
        let mut either = self.clone();
        either.merge(other);
        for (name, loads) in &mut either.relationships {
            let is_sometimes = |side: &Self| match side.relationships.get(name) {
                Some(loads) => loads.is_sometimes,
                None => !side.is_open,
            };
            loads.is_sometimes = is_sometimes(self) || is_sometimes(other);
            let when = |side: &Self| side.relationships.get(name).and_then(|loads| loads.when.clone());
            loads.when = when(self).filter(|guard| when(other).as_ref() == Some(guard));
        }
        either
    }

    /// The parameters that hold the unknown options of either side.
    fn held_with(&self, other: &Self) -> Option<Box<Held>> {
        match (self.is_open, other.is_open) {
            (true, false) => self.held.clone(),
            (false, true) => other.held.clone(),
            (true, true) if self.held.is_some() && other.held.is_some() => {
                let mut all: Vec<Path> = self.held().iter().chain(other.held()).cloned().collect();
                all.sort_unstable();
                all.dedup();
                Held::of(all)
            }
            _ => None,
        }
    }

    /// Replaces options held by parameters with those that `loads_at` returns.
    pub(crate) fn resolve(&mut self, loads_at: &mut dyn FnMut(&Path) -> Self) {
        for loads in self.relationships.values_mut() {
            loads.resolve(loads_at);
        }
        let Some(held) = self.held.take() else { return };
        self.is_open = false;
        for path in held.paths {
            self.merge(&loads_at(&path));
        }
    }

    /// Adds the loads of `other`.
    pub fn merge(&mut self, other: &Self) {
        self.merge_unbounded(other);
        self.bound();
    }

    fn merge_unbounded(&mut self, other: &Self) {
        self.held = self.held_with(other);
        self.is_open |= other.is_open;
        self.fetch = self.fetch.max(other.fetch);
        self.is_sometimes &= other.is_sometimes;
        if !self.is_sometimes || self.when != other.when {
            self.when = None;
        }
        if self.of.is_none() {
            self.of.clone_from(&other.of);
        }
        for (name, loads) in &other.relationships {
            match self.relationships.entry(name.clone()) {
                Entry::Vacant(missing) => drop(missing.insert(loads.clone())),
                Entry::Occupied(known) => known.into_mut().merge_unbounded(loads),
            }
        }
    }
}

/// The origin of a row.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Origin {
    /// Fetched by this query.
    Query(QueryRef),
    /// Reached by relationships (in order) from another row, and the query that fetched that row if it is known.
    Relationship(Option<QueryRef>, Vec<Name>),
    /// Declared by an annotation, or the `self` of a method. The query that fetched it is unknown.
    Declared,
    /// Created here by calling its class: nothing has to be read from the database.
    Made,
    /// Made here, and written by an async session: what wasn't given isn't in memory.
    Sent,
}
