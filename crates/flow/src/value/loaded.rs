//! The loads of values that represent loader options.

use super::{Kind, Loads, Value};

/// Hand-written code doesn't nest lists deeper than this.
const MAX_LISTS: usize = 3;

/// The loads of a loader option or a collection of them; strings are Django's. Options held by a parameter are left to
/// callers.
pub(crate) fn loaded_by(value: &Value) -> Loads {
    loaded_within(value, 0)
}

fn loaded_within(value: &Value, depth: usize) -> Loads {
    let mut loads = Loads::default();
    match &value.kind {
        Kind::Option(option) => loads.merge(&option.loads),
        Kind::Tuple(values) if depth < MAX_LISTS => {
            values.iter().for_each(|value| loads.merge(&loaded_within(value, depth + 1)));
        }
        Kind::Many(value) if depth < MAX_LISTS => loads = loaded_within(value, depth + 1),
        Kind::Text(path) => loads.add(path.split("__")),
        // The query that another one extends.
        Kind::Query(query) => loads.merge(&query.loads),
        Kind::None => {}
        _ => loads = Loads::open(),
    }
    match &value.path {
        Some(path) if loads.is_open => Loads::held_by(path.clone()),
        _ => loads,
    }
}
