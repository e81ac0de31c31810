//! Queries that run themselves: `session.query(Order).all()`, `Order.query.first()`, dynamic relationships.

use std::sync::Arc;

use python::ExprId;

use super::{refine, running, selected};
use crate::interpreter::{Arguments, Interpreter};
use crate::{Kind, QueryState, Shape, Traits, Value};

/// A method that runs the query; nothing for one that only builds.
pub(super) fn method(
    walker: &mut dyn Interpreter,
    expr: ExprId,
    query: &Arc<QueryState>,
    name: &str,
    arguments: &Arguments,
) -> Option<Value> {
    // Options were added to something that only callers know: what a statement can't do, a legacy query does.
    if !query.runs_itself && query.base.is_none() {
        // What a write-only relationship gives is a statement already.
        return (name == "select").then(|| selected::value((**query).clone()));
    }
    let mut given = QueryState { deps: query.deps | arguments.deps(), ..(**query).clone() };
    Some(match name {
        "all" | "fetchall" | "__iter__" => walker.run(expr, &given).many(),
        "first" | "one" | "one_or_none" | "first_or_404" | "one_or_404" | "get" | "get_or_404"
        | "get_or_none" | "__getitem__" => walker.run(expr, &once(given)),
        "scalar" => super::result::scalar(&walker.run(expr, &once(given))),
        "count" => {
            // Asked of the database: whatever is loaded doesn't answer it.
            if let Some(related) = &mut given.related {
                related.is_plain = false;
            }
            plain(walker, expr, &given, Shape::Plain)
        }
        "update" | "delete" => plain(walker, expr, &given, Shape::Write),
        "values" => plain(walker, expr, &given, Shape::Plain).many(),
        "paginate" => running::page(running::of_one_page(walker, expr, &given)),
        // Dynamic relationships.
        "append" | "remove" | "add" | "add_all" | "extend" | "discard" => Value::of(Kind::None),
        "select" => selected::value(QueryState { runs_itself: false, ..given }),
        "session" => Value::of(Kind::Session { is_async: false }),
        _ => return None,
    })
}

/// The query for one row.
fn once(query: QueryState) -> QueryState {
    QueryState { is_bounded: true, traits: query.traits | Traits::ONE, ..query }
}

fn plain(walker: &mut dyn Interpreter, expr: ExprId, query: &QueryState, shape: Shape) -> Value {
    let deps = query.deps;
    walker.run(expr, &QueryState { shape, is_bounded: true, ..query.clone() });
    Value::of(Kind::Plain).with_deps(deps)
}

/// A query for a class, as `session.query(...)` and `Order.query` begin it.
pub(super) fn begin(walker: &mut dyn Interpreter, expr: ExprId, arguments: &Arguments) -> Value {
    let query = selected::begin(walker, expr, model::Orm::SqlAlchemy, arguments);
    selected::value(QueryState { runs_itself: true, ..query })
}

/// Whether one of the things asked for is surely mapped: then the receiver of `.query(...)` is a session, whatever else
/// is known of it.
pub(super) fn asks_for_entity(walker: &dyn Interpreter, arguments: &Arguments) -> bool {
    let is_entity = |value: &Value| match &value.kind {
        Kind::Class(class) => walker.entity(class).is_some(),
        _ => refine::model(walker, value).class().is_some(),
    };
    arguments.positional.iter().any(|(value, _)| is_entity(value))
}
