//! What `select(...)` and `query(...)` select: entities, tuples, columns.

use std::sync::Arc;

use model::{ClassRef, Member, Orm};
use python::ExprId;

use super::refine;
use crate::interpreter::{Arguments, Interpreter};
use crate::{Kind, Loads, ModelRef, QueryState, Shape, Value};

/// A selected column.
enum Column {
    /// Rows of this entity.
    Entity(ModelRef),
    /// A column, an aggregate or a subquery; of this entity if it can be determined.
    Plain(ModelRef),
}

/// Begins a statement at `expr` that selects `arguments`.
pub(super) fn begin(
    walker: &mut dyn Interpreter,
    expr: ExprId,
    orm: Orm,
    arguments: &Arguments,
) -> QueryState {
    let columns = columns(walker, arguments);
    let model = model_of(&columns);
    let orm = model.class().and_then(|class| walker.entity(class)).map_or(orm, |entity| entity.orm);
    let mut query = walker.begin(expr, model, orm);
    query.deps = query.deps | arguments.deps();
    query.shape = shape(walker, &query, &columns);
    query
}

/// Replaces the columns of the query: `with_entities`, `with_only_columns`.
pub(super) fn replace(walker: &dyn Interpreter, query: &mut QueryState, arguments: &Arguments) {
    let columns = columns(walker, arguments);
    if let known @ (ModelRef::Known(_) | ModelRef::Held(_)) = model_of(&columns) {
        query.model = known;
    }
    query.shape = shape(walker, query, &columns);
}

/// Adds columns to the query: `add_columns`, `add_entity`.
pub(super) fn extend(walker: &dyn Interpreter, query: &mut QueryState, arguments: &Arguments) {
    let mut values = match std::mem::replace(&mut query.shape, Shape::Plain) {
        Shape::Tuples(values) => values,
        Shape::Entities => vec![entity_row(query, query.model.clone())],
        Shape::Plain | Shape::Write => vec![Value::of(Kind::Plain)],
    };
    values.extend(columns(walker, arguments).iter().map(|column| row(query, column)));
    query.shape = Shape::Tuples(held_together(walker, values));
}

/// Adds `loads` to the rows of the query.
pub(super) fn load(query: &mut QueryState, loads: &Loads) {
    query.loads.merge(loads);
    if let Shape::Tuples(values) = &mut query.shape {
        for value in values {
            // The option isn't matched to a particular entity: a name that an entity doesn't have is harmless.
            if let Kind::Entity(entity) = &mut value.kind {
                entity.loads.merge(loads);
            }
        }
    }
}

fn columns(walker: &dyn Interpreter, arguments: &Arguments) -> Vec<Column> {
    let mut columns = Vec::new();
    for (value, _) in &arguments.positional {
        match &value.kind {
            // `select([A, B])` of SQLAlchemy 1.x
            Kind::Tuple(values) => columns.extend(values.iter().map(|value| column(walker, value))),
            _ => columns.push(column(walker, value)),
        }
    }
    for (value, _) in &arguments.stars {
        match &value.kind {
            Kind::Tuple(values) => columns.extend(values.iter().map(|value| column(walker, value))),
            _ => columns.extend([Column::Plain(ModelRef::Unknown), Column::Plain(ModelRef::Unknown)]),
        }
    }
    columns
}

fn column(walker: &dyn Interpreter, value: &Value) -> Column {
    match &value.kind {
        Kind::Class(_) | Kind::Unknown => Column::Entity(refine::model(walker, value)),
        Kind::Field(class, _) => Column::Plain(ModelRef::Known(class.clone())),
        _ => Column::Plain(ModelRef::Unknown),
    }
}

fn model_of(columns: &[Column]) -> ModelRef {
    let entity = columns.iter().find_map(|column| match column {
        Column::Entity(model) => Some(model),
        Column::Plain(_) => None,
    });
    let known = |column: &Column| match column {
        Column::Plain(model @ ModelRef::Known(_)) => Some(model.clone()),
        _ => None,
    };
    entity.cloned().or_else(|| columns.iter().find_map(known)).unwrap_or(ModelRef::Unknown)
}

fn shape(walker: &dyn Interpreter, query: &QueryState, columns: &[Column]) -> Shape {
    match columns {
        [Column::Entity(_)] => Shape::Entities,
        _ if columns.iter().all(|column| matches!(column, Column::Plain(_))) => Shape::Plain,
        _ => {
            let values = columns.iter().map(|column| row(query, column)).collect();
            Shape::Tuples(held_together(walker, values))
        }
    }
}

/// Rows of several entities side by side: the key of one finds the other in the session, which holds a result's rows.
fn held_together(walker: &dyn Interpreter, mut values: Vec<Value>) -> Vec<Value> {
    let entities: Vec<_> = values.iter().filter_map(entity_of).cloned().collect();
    for value in &mut values {
        let Some(entity) = entity_of(value).and_then(|class| walker.entity(class)) else { continue };
        for target in &entities {
            let leading = entity.members.iter().filter_map(|(name, member)| match member {
                Member::Relationship(to) if to.target.as_ref() == Some(target) => Some((name, to)),
                _ => None,
            });
            // If there are several, it is unknown which one was joined: each is possible.
            for (name, to) in leading {
                if !to.is_many
                    && !to.is_reverse
                    && let Kind::Entity(row) = &mut value.kind
                {
                    row.loads.put(name.clone(), Loads::default());
                }
            }
        }
    }
    values
}

fn entity_of(value: &Value) -> Option<&ClassRef> {
    match &value.kind {
        Kind::Entity(row) => row.model.class(),
        _ => None,
    }
}

fn row(query: &QueryState, column: &Column) -> Value {
    match column {
        Column::Entity(model) => entity_row(query, model.clone()),
        Column::Plain(_) => Value::of(Kind::Plain).with_deps(query.deps),
    }
}

fn entity_row(query: &QueryState, model: ModelRef) -> Value {
    (QueryState { model, shape: Shape::Entities, ..query.clone() }).row()
}

/// Wraps a query in a value.
pub(super) fn value(query: QueryState) -> Value {
    let deps = query.deps;
    Value::of(Kind::Query(Arc::new(query))).with_deps(deps)
}
