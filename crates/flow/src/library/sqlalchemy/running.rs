//! The results of running statements and queries.

use std::sync::Arc;

use model::Orm;
use python::ExprId;

use super::result;
use crate::interpreter::{Arguments, Interpreter};
use crate::{Deps, Kind, Loads, ModelRef, QueryState, Shape, Step, Traits, Value};

/// The method that represents a page of rows, whose `items` are the rows.
pub(super) const PAGE: &str = "paginate";

/// How a session runs a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ask {
    /// `execute`, `stream`: rows are tuples.
    Rows,
    /// `scalars`, `stream_scalars`: the first column of each row.
    Scalars,
    /// SQLModel's `exec`: an entity, or a tuple if several columns are selected.
    Exec,
    /// `scalar`: the first column of the first row.
    Scalar,
}

impl Ask {
    /// Looks up the variant by method name.
    pub(super) fn of(name: &str) -> Option<Self> {
        Some(match name {
            "execute" | "stream" => Ask::Rows,
            "scalars" | "stream_scalars" => Ask::Scalars,
            "exec" => Ask::Exec,
            "scalar" => Ask::Scalar,
            _ => return None,
        })
    }
}

/// Runs a statement passed to a session.
pub(super) fn statement(
    walker: &mut dyn Interpreter,
    expr: ExprId,
    name: &str,
    ask: Ask,
    is_async: bool,
    arguments: &Arguments,
) -> Value {
    let deps = arguments.deps();
    let given = arguments.get(0, "statement").or_else(|| arguments.get(0, "clause"));
    let given = given.map(|value| given_to_run(walker, expr, value));
    let row = match given {
        Some(Kind::Query(query)) if query.orm != Orm::Django => {
            let mut query = QueryState { deps: query.deps | deps, ..(*query).clone() };
            if let Some(options) = arguments.keyword("options") {
                super::selected::load(&mut query, &crate::value::loaded_by(options));
            }
            let row = walker.run(expr, &query);
            match query.shape {
                Shape::Entities if ask == Ask::Rows => tuple_of(row),
                Shape::Entities => brought(&query, row),
                Shape::Tuples(_) => row,
                Shape::Plain => Value::of(Kind::Column(query.extent())).with_deps(query.deps),
                Shape::Write => Value::of(Kind::Plain).with_deps(query.deps),
            }
        }
        Some(Kind::Text(_) | Kind::Plain | Kind::Written(_) | Kind::Column(_)) => {
            walker.runs(expr, &format!("session.{name}"), ModelRef::Unknown, deps);
            Value::of(Kind::Plain).with_deps(deps)
        }
        _ => {
            walker.runs(expr, &format!("session.{name}"), ModelRef::Unknown, deps);
            Value::UNKNOWN.with_deps(deps)
        }
    };
    let row = if is_async { from_async(row) } else { row };
    match ask {
        Ask::Rows | Ask::Exec => row.many(),
        Ask::Scalars => result::scalar(&row).many(),
        Ask::Scalar => result::single(result::scalar(&row)),
    }
}

/// A row of a statement or a query that a parameter brings, with nothing added to what it loads: callers know the row.
pub(super) fn brought(query: &QueryState, row: Value) -> Value {
    let base = query.base.as_ref().filter(|base| {
        query.related.is_none()
            && query.shape == Shape::Entities
            && query.model.class().is_none()
            && query.loads == Loads::held_by((*base).clone())
    });
    match base.and_then(|base| base.then(Step::Each)) {
        Some(path) => row.at(Some(path)),
        None => row,
    }
}

/// What is run of what is given: a statement that a parameter brings is one of the callers'.
fn given_to_run(walker: &mut dyn Interpreter, expr: ExprId, value: &Value) -> Kind {
    match &value.kind {
        Kind::Unknown if value.path.is_some() => {
            Kind::Query(Arc::new(super::refine::unknown(walker, expr, value)))
        }
        // `statement: Select` says no more.
        Kind::ForeignInstance(class) if value.path.is_some() && super::origin::is_statement(class) => {
            Kind::Query(Arc::new(super::refine::unknown(walker, expr, value)))
        }
        // A parameter whose annotation names the rows: callers know what the statement loads.
        Kind::Query(query) if query.base.is_none() && query.related.is_none() && query.loads.is_open => {
            match &value.path {
                Some(path) => {
                    let loads = Loads::held_by(path.clone());
                    Kind::Query(Arc::new(QueryState { loads, base: Some(path.clone()), ..(**query).clone() }))
                }
                None => value.kind.clone(),
            }
        }
        kind => kind.clone(),
    }
}

/// `session.get(Order, 1)`: one row by primary key, described by `what`.
pub(super) fn by_key(
    walker: &mut dyn Interpreter,
    expr: ExprId,
    what: &str,
    model: ModelRef,
    loads: &Loads,
    deps: Deps,
) -> Value {
    let orm =
        model.class().and_then(|class| walker.entity(class)).map_or(Orm::SqlAlchemy, |entity| entity.orm);
    let named = match &model {
        ModelRef::Known(class) => format!("{what}({})", class.name),
        ModelRef::Held(_) | ModelRef::Unknown => what.to_owned(),
    };
    walker.runs(expr, &named, model.clone(), deps);
    let mut query = walker.begin(expr, model, orm);
    query.loads.merge(loads);
    query.deps = query.deps | deps;
    query.is_bounded = true;
    query.is_filtered = true;
    query.traits = Traits::ONE;
    walker.runs_separate_loads_of(expr, &query, deps);
    query.row().with_deps(deps)
}

/// `paginate(session, select(Order))` of a pagination library.
pub(super) fn paginate(walker: &mut dyn Interpreter, expr: ExprId, arguments: &Arguments) -> Option<Value> {
    let is_query = |value: &&Value| matches!(value.kind, Kind::Query(_));
    let may_be = |value: &&Value| value.is_unknown() && value.path.is_some();
    let positional = || arguments.positional.iter().map(|(value, _)| value);
    let given = arguments.values().find(is_query).or_else(|| positional().find(may_be))?.clone();
    let Kind::Query(query) = given_to_run(walker, expr, &given) else { return None };
    let is_async = arguments.values().any(|value| value.kind == Kind::Session { is_async: true });
    let row = of_one_page(walker, expr, &query);
    let row = if is_async { from_async(row) } else { row };
    Some(wrap(is_async, page(row)))
}

/// One of the rows of a page of a query: one statement counts all, another fetches these.
pub(super) fn of_one_page(walker: &mut dyn Interpreter, expr: ExprId, query: &QueryState) -> Value {
    let what = match &query.model {
        ModelRef::Known(class) => format!("a count of {}", class.name),
        ModelRef::Held(_) | ModelRef::Unknown => "a count".to_owned(),
    };
    walker.runs(expr, &what, query.model.clone(), query.deps);
    // Of the rows of a statement that a parameter brings, callers know what they are.
    let rows = Value::of(Kind::Query(Arc::new(QueryState { runs_itself: true, ..query.clone() })));
    walker.element(expr, &rows)
}

/// The rows of a page.
pub(crate) fn rows_of_page(value: &Value) -> Option<&Value> {
    match &value.kind {
        Kind::ForeignMethod(rows, method) if method == PAGE => Some(rows),
        _ => None,
    }
}

/// A page of rows.
pub(crate) fn page(row: Value) -> Value {
    let deps = row.deps;
    Value::of(Kind::ForeignMethod(row.many().into(), PAGE.into())).with_deps(deps)
}

/// `page.items`
pub(super) fn of_page(rows: &Value, name: &str) -> Option<Value> {
    match name {
        "items" => Some(rows.clone()),
        "total" | "page" | "pages" | "per_page" | "has_next" | "has_prev" | "next_num" | "prev_num" => {
            Some(Value::of(Kind::Plain).with_deps(rows.deps))
        }
        _ => None,
    }
}

/// A row with one element.
fn tuple_of(element: Value) -> Value {
    let deps = element.deps;
    Value::of(Kind::Tuple([element].into())).with_deps(deps)
}

/// The same row, fetched by an async session.
pub(super) fn from_async(row: Value) -> Value {
    let kind = match row.kind {
        Kind::Entity(mut entity) => {
            entity.is_async = true;
            Kind::Entity(entity)
        }
        Kind::Tuple(values) => Kind::Tuple(values.iter().cloned().map(from_async).collect()),
        Kind::Many(row) => Kind::Many(from_async((*row).clone()).into()),
        kind => kind,
    };
    Value { kind, ..row }
}

/// Wraps the result of a method that is awaited on async sessions.
pub(super) fn wrap(is_async: bool, value: Value) -> Value {
    if is_async {
        let deps = value.deps;
        Value::of(Kind::Awaitable(value.into())).with_deps(deps)
    } else {
        value
    }
}
