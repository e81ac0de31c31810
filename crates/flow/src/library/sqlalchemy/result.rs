//! Results: the rows returned by a session, individually, as tuples, or as their first column.

use crate::interpreter::Arguments;
use crate::{Kind, ModelRef, Traits, Value};

/// Calls a method of a result. Lists have no methods with these names.
pub(super) fn method(receiver: &Value, row: &Value, name: &str, arguments: &Arguments) -> Option<Value> {
    let one = |value: Value| value.with_deps(receiver.deps | arguments.deps());
    Some(match name {
        "scalars" => scalar(row).many().with_deps(receiver.deps),
        "all" | "unique" | "fetchall" | "fetchmany" | "tuples" | "yield_per" | "freeze" | "scalars_all"
        | "execution_options" | "__aenter__" | "__enter__" => receiver.clone(),
        "mappings" | "columns" => {
            let kind = if matches!(row.kind, Kind::Column(_)) { row.kind.clone() } else { Kind::Plain };
            Value::of(kind).many().with_deps(receiver.deps)
        }
        "partitions" => receiver.clone().many(),
        "first" | "one" | "one_or_none" | "fetchone" => one(single(row.clone())),
        "scalar" | "scalar_one" | "scalar_one_or_none" => one(single(scalar(row))),
        "rowcount" => one(Value::of(Kind::Plain)),
        _ => return None,
    })
}

/// The only row taken from a result.
pub(super) fn single(mut row: Value) -> Value {
    match &mut row.kind {
        Kind::Entity(entity) => entity.traits = entity.traits | Traits::ONE,
        Kind::Tuple(values) => *values = values.iter().cloned().map(single).collect(),
        _ => {}
    }
    row
}

/// The first column of a row.
pub(super) fn scalar(row: &Value) -> Value {
    match &row.kind {
        Kind::Tuple(columns) => columns.first().cloned().unwrap_or_default().with_deps(row.deps),
        _ => row.clone(),
    }
}

/// `row.Order`: the column named after its entity.
pub(super) fn column(columns: &[Value], name: &str) -> Option<Value> {
    let is_it = |value: &&Value| match &value.kind {
        Kind::Entity(entity) => match &entity.model {
            ModelRef::Known(class) => class.name == name,
            ModelRef::Held(_) | ModelRef::Unknown => false,
        },
        _ => false,
    };
    columns.iter().find(is_it).cloned()
}
