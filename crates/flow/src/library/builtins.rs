//! The standard library: what keeps the elements of a collection, what walks it, what calls a function for each.

use python::ExprId;

use super::Arguments;
use crate::Value;
use crate::walk::Walker;

/// A function or class: `sorted`, `enumerate`, `zip`, `map`, `asyncio.gather`, `functools.partial`.
pub(crate) fn call(_: &mut Walker<'_>, _: ExprId, _full_name: &str, _: &Arguments) -> Option<Value> {
    None
}

/// A method of a list, a mapping, a text.
pub(crate) fn method(
    _: &mut Walker<'_>,
    _: ExprId,
    _receiver: &Value,
    _name: &str,
    _: &Arguments,
) -> Option<Value> {
    None
}
