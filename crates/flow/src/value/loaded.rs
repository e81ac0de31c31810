//! What values that stand for loader options load.

use super::{Kind, Loads, Value};

/// A list in a list in a list: more is not written by hand.
const MAX_LISTS: usize = 3;

/// What one loader option or a collection of options loads; strings are Django's. Options that a parameter holds are
/// left to callers.
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
        // The query that another one adds to.
        Kind::Query(query) => loads.merge(&query.loads),
        Kind::None => {}
        _ => loads = Loads::open(),
    }
    match &value.path {
        Some(path) if loads.is_open => Loads::held_by(path.clone()),
        _ => loads,
    }
}
