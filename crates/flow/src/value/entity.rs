//! A row of an entity, and what was loaded with it.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

use model::ClassRef;
use python::Name;

use super::{Inner, Path, QueryRef, Traits};

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// Of which entity.
    pub model: ModelRef,
    /// Which relationships are in memory.
    pub loads: Loads,
    /// Where it comes from.
    pub origin: Origin,
    /// Whether an async session fetched it: reading what isn't loaded raises then.
    pub is_async: bool,
    /// What the query does that fetched it.
    pub traits: Traits,
    /// The relationship that leads back to the row from which this one was reached, and that row: both are the same object.
    pub back: Option<Arc<(Name, Inner)>>,
    /// What a session still does for it.
    pub state: RowState,
}

impl Entity {
    /// Where rows come from that the relationship `name` of this row leads to.
    pub(crate) fn leading(&self, name: &Name) -> Origin {
        let (query, mut chain) = match &self.origin {
            Origin::Query(query) => (Some(*query), Vec::new()),
            Origin::Relationship(query, chain) => (*query, chain.clone()),
            Origin::Declared | Origin::Made | Origin::Sent => (None, Vec::new()),
        };
        chain.push(name.clone());
        Origin::Relationship(query, chain)
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
    /// Its session is closed: what isn't in memory can't be loaded.
    Detached,
}

/// An entity, or the parameter that will say which.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum ModelRef {
    /// This one.
    Known(ClassRef),
    /// The class that a parameter holds: `self.model` of a generic repository.
    Held(Path),
    /// Not known.
    Unknown,
}

impl ModelRef {
    /// The class, where it is known.
    pub fn class(&self) -> Option<&ClassRef> {
        match self {
            ModelRef::Known(class) => Some(class),
            ModelRef::Held(_) | ModelRef::Unknown => None,
        }
    }
}

/// So many relationships are told apart of what is loaded with one row.
const MAX_LOADED: usize = 512;
/// So many lie behind each other.
const MAX_STEPS: usize = 32;

/// Which relationships are in memory, beyond those that the model itself loads eagerly.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Loads {
    /// By name, with what is loaded on their targets.
    pub relationships: BTreeMap<Name, Loads>,
    /// Whether options were given that can't be read: any relationship may be loaded then.
    pub is_open: bool,
    /// The parameter that holds those options, if it is open for nothing else: callers know them.
    pub held: Option<Path>,
    /// How these rows themselves come.
    pub fetch: Fetch,
    /// The relationship whose rows these are, where they are kept under a name of their own (`Prefetch(to_attr=...)`).
    pub of: Option<Box<Name>>,
}

/// How the rows of a relationship come that is loaded with others. Where two options differ, the greater holds.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fetch {
    /// By these options not at all, and reading them raises (`raiseload`).
    Refused,
    /// By these options when they are read, whatever the model says (`lazyload`).
    Lazy,
    /// By these options not at all, only what lies behind them is said (`defaultload`): they come if the model or another
    /// option loads them.
    Kept,
    /// It isn't said, or they are no relationship's.
    #[default]
    Unsaid,
    /// By a statement of their own (`selectinload`, `prefetch_related`).
    Apart,
    /// In the statement of the others (`joinedload`, `select_related`).
    Joined,
}

impl Loads {
    /// Nothing is known of it: nothing may be called missing.
    pub fn open() -> Self {
        Self { is_open: true, ..Self::default() }
    }

    /// What the options that a parameter holds load.
    pub fn held_by(path: Path) -> Self {
        Self { held: Some(path), ..Self::open() }
    }

    /// Notes that the relationships of the dotted `path` are loaded, each on the one before.
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

    /// Notes that a relationship is loaded, in the place of what was known of it.
    pub(crate) fn put(&mut self, name: Name, loads: Self) {
        self.relationships.insert(name, loads);
        self.bound();
    }

    /// Loads that were put into each other until nobody can walk through them: anything may be loaded then.
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

    /// The same, where `fetch` is how all come of which it isn't said.
    #[must_use]
    pub fn fetched(mut self, fetch: Fetch) -> Self {
        for loads in self.relationships.values_mut() {
            let inner = std::mem::take(loads).fetched(fetch);
            let own = if inner.fetch == Fetch::Unsaid { fetch } else { inner.fetch };
            *loads = Self { fetch: own, ..inner };
        }
        self
    }

    /// What is loaded on the target of `name`; nothing where that isn't loaded.
    pub fn get(&self, name: &str) -> Option<&Loads> {
        self.relationships.get(name).filter(|loads| loads.fetch > Fetch::Kept)
    }

    /// What options say of `name` instead of loading it: that it is lazy, or that reading it raises.
    pub(crate) fn kept_from(&self, name: &str) -> Option<Fetch> {
        self.relationships.get(name).map(|loads| loads.fetch).filter(|fetch| *fetch < Fetch::Kept)
    }

    /// How many relationships are loaded.
    pub(crate) fn count(&self) -> usize {
        self.relationships.values().map(|loads| 1 + loads.count()).sum()
    }

    /// What is loaded on one of the two at least.
    #[must_use]
    pub fn either(&self, other: &Self) -> Self {
        let mut either = self.clone();
        either.merge(other);
        either
    }

    /// Who holds the options that aren't known of either.
    fn held_with(&self, other: &Self) -> Option<Path> {
        match (self.is_open, other.is_open) {
            (true, false) => self.held.clone(),
            (false, true) => other.held.clone(),
            (true, true) if self.held == other.held => self.held.clone(),
            _ => None,
        }
    }

    /// Puts what `loads_at` says in the place of options that a parameter holds.
    pub(crate) fn resolve(&mut self, loads_at: &mut dyn FnMut(&Path) -> Self) {
        for loads in self.relationships.values_mut() {
            loads.resolve(loads_at);
        }
        if let Some(path) = self.held.take() {
            self.is_open = false;
            self.merge(&loads_at(&path));
        }
    }

    /// Adds what `other` loads.
    pub fn merge(&mut self, other: &Self) {
        self.merge_unbounded(other);
        self.bound();
    }

    fn merge_unbounded(&mut self, other: &Self) {
        self.held = self.held_with(other);
        self.is_open |= other.is_open;
        self.fetch = self.fetch.max(other.fetch);
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

/// Where a row comes from.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Origin {
    /// This query fetched it.
    Query(QueryRef),
    /// Reached over relationships from another row, which this query fetched if it is known: their names, in order.
    Relationship(Option<QueryRef>, Vec<Name>),
    /// An annotation says so, or it is the `self` of a method; who fetched it is not known.
    Declared,
    /// Made here by a call of its class: nothing is read from the database for it.
    Made,
    /// Made here, and written by an async session: what wasn't given isn't in memory.
    Sent,
}
