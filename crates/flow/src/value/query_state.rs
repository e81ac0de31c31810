//! A query under construction.

use model::Orm;
use python::Name;

use super::{
    Deps, Entity, FunctionRef, Inner, Kind, Loads, ModelRef, Origin, Path, ReadKind, RowState, Traits, Value,
};
use crate::{Callee, Heir, Walks};

/// Identifies a query by the function that builds it and its number there. A position would make callers depend on the
/// body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct QueryRef {
    /// The function that builds it.
    pub function: FunctionRef,
    /// The class of its receiver, if that makes a difference.
    pub heir: Option<Heir>,
    /// Its number among the queries that this function begins; see `Analysis::queries`.
    pub index: u16,
}

impl QueryRef {
    /// The function that builds it, as it was called.
    pub fn callee(self) -> Callee {
        Callee { function: self.function, heir: self.heir }
    }
}

/// A query that is built but hasn't run: `select(Order).where(...)`, `Order.objects.filter(...)`, `Order.query`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryState {
    /// The model that it selects from.
    pub model: ModelRef,
    /// The ORM.
    pub orm: Orm,
    /// The shape of its rows.
    pub shape: Shape,
    /// The loads of its options.
    pub loads: Loads,
    /// Relationships that lead all rows to the same row, so that reading one of them runs at most one query.
    pub shared: Vec<Name>,
    /// The query's identity.
    pub source: QueryRef,
    /// The dependencies of its conditions and other parts.
    pub deps: Deps,
    /// The related manager or dynamic relationship that it started from.
    pub related: Option<Related>,
    /// The parameter that holds the query that this one extends. Callers know what that query selects and loads.
    pub base: Option<Path>,
    /// Whether a limit, a slice, a page or a unique key bounds the number of rows.
    pub is_bounded: bool,
    /// Whether it has any condition.
    pub is_filtered: bool,
    /// Whether it runs by itself when it is iterated, counted or tested (Django querysets, the legacy `Query`). A
    /// `select()` must be executed by a session.
    pub runs_itself: bool,
    /// Other traits that determine the applicable loader options.
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
            Shape::Plain => Value::of(Kind::Column(self.extent())),
            Shape::Write => Value::of(Kind::Plain),
        };
        value.with_deps(self.deps)
    }

    /// Whether its rows belong to a single row, which no loop changes.
    pub(crate) fn belongs_to_one(&self) -> bool {
        self.traits.has(Traits::OF_ONE)
            || self.related.as_ref().is_some_and(|related| related.owner.deps.loops == 0)
    }

    /// How many rows there can be.
    pub(crate) fn extent(&self) -> Walks {
        let is_of_one = self.belongs_to_one();
        match self.is_bounded {
            true => Walks::Page,
            false if is_of_one => Walks::Children,
            false => Walks::Rows,
        }
    }

    /// Applies the changes of this query to `base`.
    pub(crate) fn upon(&self, base: &Self) -> Self {
        let mut loads = self.loads.clone();
        loads.resolve(&mut |path| match &self.base {
            // Options beside the query, of another parameter.
            Some(own) if own != path => Loads::held_by(path.clone()),
            _ => base.loads.clone(),
        });
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

/// The shape of a query's rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// Rows of the model.
    Entities,
    /// Tuples: `select(Order, Customer)`, `query(Order, func.count())`.
    Tuples(Vec<Value>),
    /// Columns: `values()`, `select(Order.id)`, aggregates.
    Plain,
    /// None, because it modifies rows: `update()`, `delete()`, `insert()`.
    Write,
}

/// The relationship that a query starts from: `order.items.all()`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// The row that it was read from.
    pub owner: Inner,
    /// The relationship.
    pub relationship: Name,
    /// Whether it still denotes the relationship's own rows. A filter turns it into another query, which a prefetch
    /// doesn't serve.
    pub is_plain: bool,
    /// What is requested of its rows.
    pub asked: ReadKind,
}

/// One or more loader options.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct LoaderOption {
    /// The loads of the options.
    pub loads: Loads,
    /// The path of the last option, which chained options extend.
    pub tail: Vec<Name>,
    /// The traits that the options add to the query.
    pub traits: Traits,
}

/// The loads of the rows: those of the options, and the shared relationships. Shared relationships lead all rows to the
/// same object, so what is read from it is read only once.
fn loads_of_rows(query: &QueryState) -> Loads {
    let mut loads = query.loads.clone();
    for name in &query.shared {
        loads.relationships.insert(name.clone(), Loads::open());
    }
    loads
}

/// An entity in a tuple of a query, with the query's options. Options name relationships rather than entities, so they
/// are assumed to apply to every entity.
fn with_options_of(value: &Value, query: &QueryState) -> Value {
    let mut value = value.clone();
    if let Kind::Entity(entity) = &mut value.kind {
        entity.loads.merge(&loads_of_rows(query));
        entity.origin = Origin::Query(query.source);
        entity.traits = query.traits;
    }
    value
}
