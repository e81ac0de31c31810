//! Queries that run themselves: `session.query(Order).all()`, `Order.query.first()`, dynamic relationships.

use std::sync::Arc;

use python::ExprId;

use super::{refine, running, selected};
use crate::interpreter::{Arguments, Interpreter};
use crate::{Kind, QueryState, Shape, Traits, Value};

/// Calls a method that runs the query; `None` if it only builds.
pub(super) fn method(
    walker: &mut dyn Interpreter,
    expr: ExprId,
    query: &Arc<QueryState>,
    name: &str,
    arguments: &Arguments,
) -> Option<Value> {
    // A query known only to callers, to which options were added, is a legacy query if one of these methods is called
    // on it, because statements don't have them.
    if !query.runs_itself && query.base.is_none() {
        // A write-only relationship already yields a statement.
        return (name == "select").then(|| selected::value((**query).clone()));
    }
    let mut given = QueryState { deps: query.deps | arguments.deps(), ..(**query).clone() };
    Some(match name {
        "all" | "fetchall" | "__iter__" => {
            let row = walker.run(expr, &given);
            running::brought(&given, row).many()
        }
        "first" | "one" | "one_or_none" | "first_or_404" | "one_or_404" | "get" | "get_or_404"
        | "get_or_none" | "__getitem__" => walker.run(expr, &once(given)),
        "scalar" => super::result::scalar(&walker.run(expr, &once(given))),
        "count" => {
            // `count` always queries the database, whatever is loaded.
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
        _ => return None,
    })
}

/// What such a query says of itself: `query.session.execute(query.statement)`.
pub(super) fn attribute(query: &QueryState, name: &str) -> Option<Value> {
    match name {
        "session" if query.runs_itself => Some(Value::of(Kind::Session { is_async: false })),
        "statement" if query.runs_itself => {
            Some(selected::value(QueryState { runs_itself: false, ..query.clone() }))
        }
        _ => None,
    }
}

/// The query limited to one row.
fn once(query: QueryState) -> QueryState {
    QueryState { is_bounded: true, traits: query.traits | Traits::ONE, ..query }
}

fn plain(walker: &mut dyn Interpreter, expr: ExprId, query: &QueryState, shape: Shape) -> Value {
    let deps = query.deps;
    walker.run(expr, &QueryState { shape, is_bounded: true, ..query.clone() });
    Value::of(Kind::Plain).with_deps(deps)
}

/// Begins the query for a class, as in `session.query(...)` and `Order.query`.
pub(super) fn begin(walker: &mut dyn Interpreter, expr: ExprId, arguments: &Arguments) -> Value {
    let query = selected::begin(walker, expr, model::Orm::SqlAlchemy, arguments);
    selected::value(QueryState { runs_itself: true, ..query })
}

/// Whether an argument is certainly mapped. If so, the receiver of `.query(...)` is a session, whatever else is known
/// about it.
pub(super) fn selects_entity(walker: &dyn Interpreter, arguments: &Arguments) -> bool {
    let is_entity = |value: &Value| match &value.kind {
        Kind::Class(class) => walker.entity(class).is_some(),
        _ => refine::model(walker, value).class().is_some(),
    };
    arguments.positional.iter().any(|(value, _)| is_entity(value))
}
