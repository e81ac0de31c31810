//! Methods that every row has: saving, deleting and reloading it.

use model::Orm;
use python::ExprId;

use super::querysets::awaitable;
use super::words;
use crate::interpreter::{Arguments, Interpreter};
use crate::{Entity, Kind, Value};

/// Methods of rows that run a query. Their asynchronous variants have the prefix `a`.
const RUN: &[&str] = &["delete", "full_clean", "refresh_from_db", "save", "save_base", "validate_unique"];
/// `get_next_by_created()` fetches the adjacent row by date.
const NEIGHBOURS: &[&str] = &["get_next_by_", "get_previous_by_"];

/// Calls a method of a row of a Django model.
pub(super) fn method(
    walker: &mut dyn Interpreter,
    expr: ExprId,
    receiver: &Value,
    entity: &Entity,
    name: &str,
    arguments: &Arguments,
) -> Option<Value> {
    let class = entity.model.class()?;
    if walker.entity(class)?.orm != Orm::Django {
        return None;
    }
    let deps = receiver.deps | arguments.deps();
    if NEIGHBOURS.iter().any(|prefix| name.starts_with(prefix)) {
        walker.runs(expr, &words::of_row(&entity.model, name), entity.model.clone(), deps);
        let kind = Kind::Entity(Entity { loads: crate::Loads::default(), back: None, ..entity.clone() });
        return Some(Value::of(kind).with_deps(deps));
    }
    let is_awaited = !RUN.contains(&name);
    let plain = if is_awaited { name.strip_prefix('a')? } else { name };
    if !RUN.contains(&plain) {
        return None;
    }
    // Validation asks the database only where something has to be unique.
    if !is_awaited && !matches!(plain, "full_clean" | "validate_unique") {
        walker.runs_in_place(expr, &words::of_row(&entity.model, plain));
    }
    walker.runs(expr, &words::of_row(&entity.model, plain), entity.model.clone(), deps);
    let value = Value::of(Kind::Plain).with_deps(deps);
    Some(if is_awaited { awaitable(value) } else { value })
}
