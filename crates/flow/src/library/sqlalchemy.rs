//! SQLAlchemy, SQLModel and Flask-SQLAlchemy: statements, loader options, sessions, results.

use python::ExprId;

use super::Arguments;
use crate::Value;
use crate::walk::Walker;

/// A function or class of the library.
pub(crate) fn call(_: &mut Walker<'_>, _: ExprId, _full_name: &str, _: &Arguments) -> Option<Value> {
    None
}

/// A method of a session, a query, a result, a manager.
pub(crate) fn method(
    _: &mut Walker<'_>,
    _: ExprId,
    _receiver: &Value,
    _name: &str,
    _: &Arguments,
) -> Option<Value> {
    None
}

/// An attribute that means something.
pub(crate) fn attribute(_: &mut Walker<'_>, _: ExprId, _receiver: &Value, _name: &str) -> Option<Value> {
    None
}
