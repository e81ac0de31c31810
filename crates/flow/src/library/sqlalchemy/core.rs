//! The layer below and around the ORM: engines, connections, tables, expressions, session factories, Flask's `db`.

use model::{ClassRef, Orm};
use python::{ExprId, Name};

use super::running::{self, Ask};
use super::{origin, selected, session, statement};
use crate::interpreter::{Arguments, Interpreter};
use crate::{Deps, Kind, ModelRef, Shape, Value};

/// Functions that create a part of a statement.
const EXPRESSIONS: &[&str] = &[
    "and_",
    "or_",
    "not_",
    "case",
    "cast",
    "type_coerce",
    "literal",
    "literal_column",
    "column",
    "bindparam",
    "desc",
    "asc",
    "nullsfirst",
    "nullslast",
    "nulls_first",
    "nulls_last",
    "exists",
    "extract",
    "tuple_",
    "distinct",
    "null",
    "true",
    "false",
    "collate",
    "between",
    "over",
    "within_group",
    "any_",
    "all_",
    "func",
    "label",
    "lateral",
    "values",
    "array",
    "aggregate_order_by",
    "Bundle",
    "with_parent",
    "col",
    "outparam",
    "try_cast",
    "make_interval",
    "quoted_name",
    "literal_execute",
];

/// Calls a function that creates a part of a statement: a condition, a column, an aggregate.
pub(super) fn expression(full_name: &str, arguments: &Arguments) -> Option<Value> {
    let name = full_name.rsplit('.').next().unwrap_or(full_name);
    let is_function = full_name.contains(".func.") || EXPRESSIONS.contains(&name);
    is_function.then(|| plain(arguments.deps()))
}

fn plain(deps: Deps) -> Value {
    Value::of(Kind::Plain).with_deps(deps)
}

/// Calls a method of an instance of a library class with one of the canonical names in [`origin`].
pub(super) fn method(
    walker: &mut dyn Interpreter,
    expr: ExprId,
    class: &str,
    name: &str,
    arguments: &Arguments,
) -> Option<Value> {
    match origin::canonical(class)? {
        origin::SESSIONMAKER => factory(false, name),
        origin::ASYNC_SESSIONMAKER => factory(true, name),
        origin::ENGINE => engine(walker, expr, false, name, arguments),
        origin::ASYNC_ENGINE => engine(walker, expr, true, name, arguments),
        origin::CONNECTION => connection(walker, expr, false, name, arguments),
        origin::ASYNC_CONNECTION => connection(walker, expr, true, name, arguments),
        origin::TABLE => table(walker, expr, name, arguments),
        origin::FLASK => of_flask(walker, expr, name, arguments),
        _ => None,
    }
}

/// `SessionLocal()`, `SessionLocal.begin()`
fn factory(is_async: bool, name: &str) -> Option<Value> {
    match name {
        "__call__" | "begin" => Some(Value::of(Kind::Session { is_async })),
        "configure" => Some(Value::of(Kind::None)),
        _ => None,
    }
}

fn engine(
    walker: &mut dyn Interpreter,
    expr: ExprId,
    is_async: bool,
    name: &str,
    arguments: &Arguments,
) -> Option<Value> {
    let of = if is_async { origin::ASYNC_CONNECTION } else { origin::CONNECTION };
    match name {
        "connect" | "begin" => Some(Value::of(Kind::ForeignInstance(Name::new_static(of)))),
        "execute" | "scalar" => connection(walker, expr, is_async, name, arguments),
        "dispose" => Some(running::wrap(is_async, Value::of(Kind::None))),
        _ => None,
    }
}

/// The rows of a connection consist of columns, even for a statement that selects entities.
fn connection(
    walker: &mut dyn Interpreter,
    expr: ExprId,
    is_async: bool,
    name: &str,
    arguments: &Arguments,
) -> Option<Value> {
    let me = || {
        let of = if is_async { origin::ASYNC_CONNECTION } else { origin::CONNECTION };
        Value::of(Kind::ForeignInstance(Name::new_static(of)))
    };
    match name {
        "begin" | "begin_nested" | "execution_options" | "connect" | "__enter__" | "__aenter__" => Some(me()),
        "commit" | "rollback" | "close" => Some(running::wrap(is_async, Value::of(Kind::None))),
        "exec_driver_sql" | "run_sync" => None,
        _ => {
            let ask = Ask::of(name)?;
            let row = running::statement(walker, expr, name, ask, is_async, arguments);
            let columns = if ask == Ask::Scalar { plain(row.deps) } else { plain(row.deps).many() };
            Some(running::wrap(is_async, columns))
        }
    }
}

/// `orders.select()`, `orders.insert()`
fn table(walker: &mut dyn Interpreter, expr: ExprId, name: &str, arguments: &Arguments) -> Option<Value> {
    let shape = match name {
        "select" | "count" => Shape::Plain,
        "insert" | "update" | "delete" => Shape::Write,
        "join" | "outerjoin" | "alias" => {
            return Some(Value::of(Kind::ForeignInstance(Name::new_static(origin::TABLE))));
        }
        _ => return None,
    };
    let mut query = walker.begin(expr, ModelRef::Unknown, Orm::SqlAlchemy);
    query.shape = shape;
    query.deps = query.deps | arguments.deps();
    Some(selected::value(query))
}

/// `db.select(Order)`, `db.paginate(statement)`
fn of_flask(walker: &mut dyn Interpreter, expr: ExprId, name: &str, arguments: &Arguments) -> Option<Value> {
    match name {
        "paginate" => running::paginate(walker, expr, arguments),
        "get_or_404" => {
            let session = Value::of(Kind::Session { is_async: false });
            session::method(walker, expr, &session, false, "get", arguments)
        }
        "first_or_404" | "one_or_404" => {
            Some(running::statement(walker, expr, "execute", Ask::Scalar, false, arguments))
        }
        _ => {
            let full_name = format!("sqlalchemy.{name}");
            super::options::call(&|class| walker.entity(class), &full_name, name, arguments)
                .or_else(|| statement::call(walker, expr, name, Orm::SqlAlchemy, arguments))
                .or_else(|| session::made_by(name, arguments))
                .or_else(|| expression(&full_name, arguments))
        }
    }
}

/// Reads an attribute of such an instance.
pub(super) fn attribute(class: &str, name: &str) -> Option<Value> {
    match origin::canonical(class)? {
        origin::FLASK => flask_attribute(name),
        origin::TABLE => Some(Value::of(Kind::Plain)),
        origin::ENGINE | origin::ASYNC_ENGINE if name == "sync_engine" => {
            Some(Value::of(Kind::ForeignInstance(Name::new_static(origin::ENGINE))))
        }
        _ => None,
    }
}

/// `db.session`, `db.func`
fn flask_attribute(name: &str) -> Option<Value> {
    match name {
        "session" => Some(Value::of(Kind::Session { is_async: false })),
        "engine" => Some(Value::of(Kind::ForeignInstance(Name::new_static(origin::ENGINE)))),
        "func" => Some(Value::of(Kind::Foreign(Name::new_static("sqlalchemy.func")))),
        _ => None,
    }
}

/// `db.session` on an instance of a project class: `class Database(SQLAlchemy)`.
pub(super) fn of_instance(walker: &dyn Interpreter, class: &ClassRef, name: &str) -> Option<Value> {
    if !matches!(name, "session" | "engine" | "func") {
        return None;
    }
    let hierarchy = model::query::hierarchy(walker.db(), walker.project());
    let ancestors = hierarchy.of(class.module, &class.name)?;
    let is_flask = |base: &Name| origin::canonical(base) == Some(origin::FLASK);
    if ancestors.foreign.iter().any(is_flask) { flask_attribute(name) } else { None }
}
