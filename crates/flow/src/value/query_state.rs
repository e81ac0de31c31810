//! A query under construction.

use model::Orm;
use python::Name;

use super::{
    Asked, Deps, Entity, FunctionRef, Inner, Kind, Loads, ModelRef, Origin, Path, RowState, Traits, Value,
};

/// Names a query by the function that builds it and its number there: a position would tie callers to the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct QueryRef {
    /// The function that builds it.
    pub function: FunctionRef,
    /// Its number among the queries that this function begins; see `Analysis::queries`.
    pub index: u16,
}

/// A query that is built and not run yet: `select(Order).where(...)`, `Order.objects.filter(...)`, `Order.query`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryState {
    /// What it selects from.
    pub model: ModelRef,
    /// Whose query it is.
    pub orm: Orm,
    /// What a row of its result is.
    pub shape: Shape,
    /// What its loader options load.
    pub loads: Loads,
    /// Relationships that lead all its rows to one and the same row: reading one of them is one query at most.
    pub shared: Vec<Name>,
    /// Where it begins.
    pub source: QueryRef,
    /// What it is made of: conditions depend on things.
    pub deps: Deps,
    /// The related manager or dynamic relationship that it started from.
    pub related: Option<Related>,
    /// The parameter that holds the query to which this one only adds: callers know what that selects and loads.
    pub base: Option<Path>,
    /// Whether a limit, a slice, a page or a unique key bounds its rows.
    pub is_bounded: bool,
    /// Whether it has a condition at all.
    pub is_filtered: bool,
    /// Whether it runs by itself when it is walked, counted or tested (Django's querysets, the legacy `Query`); a
    /// `select()` has to be executed by a session.
    pub runs_itself: bool,
    /// What else it does, as far as loader options depend on it.
    pub traits: Traits,
}

impl QueryState {
    /// One of its rows, without running it.
    pub(crate) fn row(&self) -> Value {
        let value = match &self.shape {
            Shape::Entities => Value::of(Kind::Entity(Entity {
                model: self.model.clone(),
                loads: loads_of_rows(self),
                origin: Origin::Query(self.source),
                is_async: false,
                traits: if self.is_bounded { self.traits.with(Traits::BOUNDED) } else { self.traits },
                back: None,
                state: RowState::Attached,
            })),
            Shape::Tuples(values) => {
                Value::of(Kind::Tuple(values.iter().map(|value| with_options_of(value, self)).collect()))
            }
            Shape::Plain | Shape::Write => Value::of(Kind::Plain),
        };
        value.with_deps(self.deps)
    }

    /// The query that adds what this one does to `base`.
    pub(crate) fn upon(&self, base: &Self) -> Self {
        let mut loads = self.loads.clone();
        loads.resolve(&mut |_| base.loads.clone());
        let shape = if self.shape == Shape::Entities { base.shape.clone() } else { self.shape.clone() };
        let related = base.related.clone().map(|related| Related { is_plain: false, ..related });
        Self {
            loads,
            shape,
            related,
            deps: self.deps | base.deps,
            shared: self.shared.iter().chain(&base.shared).cloned().collect(),
            is_bounded: self.is_bounded || base.is_bounded,
            is_filtered: self.is_filtered || base.is_filtered,
            traits: self.traits | base.traits,
            ..base.clone()
        }
    }
}

/// What a row of a query is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// A row of the model.
    Entities,
    /// A tuple: `select(Order, Customer)`, `query(Order, func.count())`.
    Tuples(Vec<Value>),
    /// Columns: `values()`, `select(Order.id)`, aggregates.
    Plain,
    /// It changes rows and returns none: `update()`, `delete()`, `insert()`.
    Write,
}

/// The relationship that a query started from: `order.items.all()`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// The row that it was taken from.
    pub owner: Inner,
    /// The relationship.
    pub relationship: Name,
    /// Whether it is still what the relationship holds: a filter makes a new query of it, which a prefetch doesn't serve.
    pub is_plain: bool,
    /// What is asked of its rows.
    pub asked: Asked,
}

/// What loader options ask for.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct LoaderOption {
    /// What they load.
    pub loads: Loads,
    /// The path of the last one, to which a chained option is added.
    pub tail: Vec<Name>,
    /// What it makes of the query.
    pub traits: Traits,
}

/// What is loaded on the rows: what options ask for, and what they all share. The latter is one and the same object for
/// all of them: what is read of it is read once.
fn loads_of_rows(query: &QueryState) -> Loads {
    let mut loads = query.loads.clone();
    for name in &query.shared {
        loads.relationships.insert(name.clone(), Loads::open());
    }
    loads
}

/// An entity in a tuple of a query with the options of that query. Options name relationships, not entities: what they
/// load is taken to be on whichever entity has them.
fn with_options_of(value: &Value, query: &QueryState) -> Value {
    let mut value = value.clone();
    if let Kind::Entity(entity) = &mut value.kind {
        entity.loads.merge(&loads_of_rows(query));
        entity.origin = Origin::Query(query.source);
        entity.traits = query.traits;
    }
    value
}
