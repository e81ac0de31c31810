//! Sessions: how they are created, and what their methods run.
//!
//! Marking a row (`add`, `delete`) causes a statement where the mark is sent (`flush`, `commit`): a flush writes all
//! rows of a table at once.

use model::Orm;
use python::{ExprId, Name};

use super::running::{self, Ask};
use super::{legacy, origin, refine};
use crate::interpreter::{Arguments, Interpreter};
use crate::{Kind, ModelRef, Origin, Value};

/// The result of calling a library class, or a function that creates a factory.
pub(super) fn made_by(name: &str, arguments: &Arguments) -> Option<Value> {
    // The name is the last segment; the package was checked before.
    let kind = match name {
        "sessionmaker" if makes_async(arguments) => {
            Kind::ForeignInstance(Name::new_static(origin::ASYNC_SESSIONMAKER))
        }
        "object_session" | "Session" => Kind::Session { is_async: false },
        "async_object_session" => Kind::Session { is_async: true },
        _ => origin::instance(&format!("sqlalchemy.{name}"))?,
    };
    Some(Value::of(kind))
}

/// `sessionmaker(engine, class_=AsyncSession)`
fn makes_async(arguments: &Arguments) -> bool {
    let class = arguments.get(1, "class_").map(|value| &value.kind);
    matches!(class, Some(Kind::Foreign(name)) if origin::session(name) == Some(true))
}

/// Calls a method of a session.
pub(super) fn method(
    walker: &mut dyn Interpreter,
    expr: ExprId,
    receiver: &Value,
    is_async: bool,
    name: &str,
    arguments: &Arguments,
) -> Option<Value> {
    if let Some(ask) = Ask::of(name) {
        let value = running::statement(walker, expr, name, ask, is_async, arguments);
        return Some(running::wrap(is_async, value));
    }
    let value = match name {
        "query" => return Some(legacy::begin(walker, expr, arguments)),
        "get" | "get_one" => by_key(walker, expr, name, is_async, arguments),
        "refresh" | "merge" => of_entity(walker, expr, name, arguments),
        "bulk_save_objects" | "bulk_insert_mappings" | "bulk_update_mappings" => {
            walker.runs(expr, &format!("session.{name}"), bulk_model(walker, arguments), arguments.deps());
            Value::of(Kind::None)
        }
        "flush" | "commit" => {
            walker.sends(expr);
            Value::of(Kind::None)
        }
        "delete" => {
            mark(walker, expr, "DELETE", arguments);
            Value::of(Kind::None)
        }
        "rollback" | "close" | "invalidate" | "aclose" | "prepare" | "remove" | "reset" | "close_all" => {
            Value::of(Kind::None)
        }
        "connection" | "begin" | "begin_nested" | "run_sync" | "__aenter__" => {
            if name == "run_sync" {
                run_sync(walker, expr, arguments)
            } else {
                receiver.clone()
            }
        }
        // Not awaited on async sessions either.
        "add" | "add_all" => {
            mark(walker, expr, "INSERT", arguments);
            return Some(Value::of(Kind::None));
        }
        "expunge" | "expunge_all" | "expire" | "expire_all" => {
            return Some(Value::of(Kind::None));
        }
        "__call__" | "__enter__" | "registry" | "get_session" | "enable_relationship_loading" => {
            return Some(receiver.clone());
        }
        "in_transaction" | "is_modified" | "get_bind" | "in_nested_transaction" => {
            return Some(Value::of(Kind::Plain));
        }
        _ => return None,
    };
    Some(running::wrap(is_async && !matches!(name, "begin" | "begin_nested"), value))
}

/// Marks the given rows, unless they are already persistent.
fn mark(walker: &mut dyn Interpreter, expr: ExprId, what: &str, arguments: &Arguments) {
    let Some(given) = arguments.get(0, "instance").or_else(|| arguments.keyword("instances")) else { return };
    let row = match &given.kind {
        Kind::Many(row) => &**row,
        Kind::Tuple(rows) => match rows.first() {
            Some(row) => row,
            None => return,
        },
        _ => given,
    };
    let model = match &row.kind {
        Kind::Entity(entity) if what == "INSERT" && is_fetched(&entity.origin) => return,
        Kind::Entity(entity) => entity.model.clone(),
        _ => ModelRef::Unknown,
    };
    walker.marks(expr, what, model, arguments.deps());
}

fn is_fetched(origin: &Origin) -> bool {
    matches!(origin, Origin::Query(_) | Origin::Relationship(Some(_), _))
}

/// Calls a method of an unknown value whose arguments show that it is a session.
pub(super) fn of_unknown(
    walker: &mut dyn Interpreter,
    expr: ExprId,
    name: &str,
    arguments: &Arguments,
) -> Option<Value> {
    let first = arguments.get(0, "statement").or_else(|| arguments.get(0, "entity"))?;
    let is_statement = matches!(&first.kind, Kind::Query(query) if query.orm != Orm::Django);
    // A method that is awaited belongs to an async session.
    let is_async = |walker: &dyn Interpreter| walker.is_awaited(expr);
    if let Some(ask) = Ask::of(name).filter(|_| is_statement) {
        let is_async = is_async(walker);
        return Some(running::statement(walker, expr, name, ask, is_async, arguments));
    }
    match name {
        "query" if legacy::selects_entity(walker, arguments) => Some(legacy::begin(walker, expr, arguments)),
        "get" | "get_one" if is_mapped_class(walker, first) && arguments.positional.len() > 1 => {
            let is_async = is_async(walker);
            Some(by_key(walker, expr, name, is_async, arguments))
        }
        "refresh" | "merge" if is_mapped_row(walker, first) => Some(of_entity(walker, expr, name, arguments)),
        _ => None,
    }
}

fn is_mapped_class(walker: &dyn Interpreter, value: &Value) -> bool {
    match &value.kind {
        Kind::Class(class) => walker.entity(class).is_some_and(|entity| entity.orm != Orm::Django),
        _ => false,
    }
}

fn is_mapped_row(walker: &dyn Interpreter, value: &Value) -> bool {
    match &value.kind {
        Kind::Entity(entity) => {
            let class = entity.model.class();
            class.and_then(|class| walker.entity(class)).is_some_and(|entity| entity.orm != Orm::Django)
        }
        _ => false,
    }
}

/// `session.get(Order, 1, options=[...])`
fn by_key(
    walker: &mut dyn Interpreter,
    expr: ExprId,
    name: &str,
    is_async: bool,
    arguments: &Arguments,
) -> Value {
    let model = arguments.get(0, "entity").map_or(ModelRef::Unknown, |value| refine::model(walker, value));
    let loads = arguments.get(2, "options").map(crate::value::loaded_by).unwrap_or_default();
    let row = running::by_key(walker, expr, &format!("session.{name}"), model, &loads, arguments.deps());
    if is_async { running::from_async(row) } else { row }
}

/// `session.refresh(order)`, `session.merge(order)`: reloads the row.
fn of_entity(walker: &mut dyn Interpreter, expr: ExprId, name: &str, arguments: &Arguments) -> Value {
    let given = arguments.get(0, "instance").cloned().unwrap_or_default();
    let model = match &given.kind {
        Kind::Entity(entity) => entity.model.clone(),
        _ => ModelRef::Unknown,
    };
    // `session.merge(order, load=False)` takes the row for one that the database has.
    let asks = arguments.keyword("load").is_none_or(|load| load.kind != Kind::Flag(false));
    if asks || name != "merge" {
        walker.runs(expr, &format!("session.{name}"), model.clone(), arguments.deps());
    }
    if name == "merge" {
        return given;
    }
    // The row is reloaded first, then each named relationship with a separate statement.
    if let (Some(names), Some(model)) = (arguments.get(1, "attribute_names"), model.class())
        && let Kind::Tuple(names) = &names.kind
    {
        let names = names.iter().filter_map(|name| match &name.kind {
            Kind::Text(name) => Some(Name::from(&**name)),
            _ => None,
        });
        walker.reads_again(expr, model, &names.collect::<Vec<_>>(), arguments.deps());
    }
    Value::of(Kind::None)
}

/// What `refresh(order, ["items"])` loads: the argument, and the relationship; any where it can't be read.
pub(crate) fn refreshed(arguments: &Arguments) -> Vec<(ExprId, Option<Name>)> {
    let Some((_, row)) = arguments.positional.first() else { return Vec::new() };
    let Some(names) = arguments.get(1, "attribute_names") else { return Vec::new() };
    match &names.kind {
        Kind::Tuple(names) => {
            let read = |name: &Value| match &name.kind {
                Kind::Text(name) => Some(name.clone()),
                _ => None,
            };
            names.iter().map(|name| (*row, read(name))).collect()
        }
        Kind::None => Vec::new(),
        _ => vec![(*row, None)],
    }
}

fn bulk_model(walker: &dyn Interpreter, arguments: &Arguments) -> ModelRef {
    arguments.get(0, "mapper").map_or(ModelRef::Unknown, |value| refine::model(walker, value))
}

/// `await session.run_sync(function, argument)`
fn run_sync(walker: &mut dyn Interpreter, expr: ExprId, arguments: &Arguments) -> Value {
    let Some(((function, _), rest)) = arguments.positional.split_first() else { return Value::UNKNOWN };
    let session = (Value::of(Kind::Session { is_async: false }), expr);
    let positional = std::iter::once(session).chain(rest.iter().cloned()).collect();
    walker.call_in_greenlet(expr, function, &Arguments { positional, ..arguments.clone() })
}
