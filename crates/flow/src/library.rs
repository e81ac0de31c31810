//! Models of calls into libraries: the ORM, the standard library, the web framework.
//!
//! Each module models one library. It receives values, returns the result of the call, and records effects through
//! [`Interpreter::runs`]. It returns `None` for anything that it doesn't know, so that unknown calls produce no
//! findings.

pub(crate) mod blocking;
pub(crate) mod builtins;
pub(crate) mod django;
pub(crate) mod mappers;
pub(crate) mod serializing;
#[cfg(test)]
pub(crate) mod shown;
pub(crate) mod sqlalchemy;
mod writing;

use model::{ClassRef, Project};
use python::ExprId;

use crate::interpreter::{Arguments, Interpreter};
use crate::{Db, FunctionRef, Kind, Value};
pub use writing::writes;

/// A call into a library: the function or class `full_name`, called at `expr`.
pub(crate) fn call(
    walker: &mut dyn Interpreter,
    expr: ExprId,
    full_name: &str,
    arguments: &Arguments,
) -> Option<Value> {
    sqlalchemy::call(walker, expr, full_name, arguments)
        .or_else(|| django::call(walker, expr, full_name, arguments))
        .or_else(|| builtins::call(walker, expr, full_name, arguments))
        .or_else(|| blocking::call(walker, expr, full_name, arguments))
        .or_else(|| serializing::call(walker, expr, full_name, arguments))
}

/// Calls the method `name` of a value that is backed by library code (a session, a query, a manager, rows, a mapping, a
/// library instance) at `expr`.
pub(crate) fn method(
    walker: &mut dyn Interpreter,
    expr: ExprId,
    receiver: &Value,
    name: &str,
    arguments: &Arguments,
) -> Option<Value> {
    sqlalchemy::method(walker, expr, receiver, name, arguments)
        .or_else(|| django::method(walker, expr, receiver, name, arguments))
        .or_else(|| serializing::method(walker, expr, receiver, name, arguments))
        .or_else(|| mappers::method(walker, expr, receiver, name, arguments))
        .or_else(|| builtins::method(walker, expr, receiver, name, arguments))
        .or_else(|| blocking::method(walker, expr, receiver, name, arguments))
}

/// What `session.refresh(order, ["items"])` loads: the argument, and the relationship; any where it can't be read.
pub(crate) fn refreshed(
    receiver: &Value,
    name: &str,
    arguments: &Arguments,
) -> Vec<(ExprId, Option<python::Name>)> {
    let is_session = matches!(receiver.kind, Kind::Session { .. } | Kind::Unknown);
    if is_session && name == "refresh" { sqlalchemy::refreshed(arguments) } else { Vec::new() }
}

/// Reads the attribute `name` of such a value at `expr`, if it has a modelled meaning.
pub(crate) fn attribute(
    walker: &mut dyn Interpreter,
    expr: ExprId,
    receiver: &Value,
    name: &str,
) -> Option<Value> {
    sqlalchemy::attribute(walker, expr, receiver, name)
        .or_else(|| django::attribute(walker, expr, receiver, name))
        .or_else(|| blocking::attribute(receiver, name))
}

/// A field of a mapper's row that reads another row; takes precedence over the definition in its class.
pub(crate) fn linked(
    walker: &mut dyn Interpreter,
    expr: ExprId,
    receiver: &Value,
    name: &str,
) -> Option<Value> {
    mappers::attribute(walker, expr, receiver, name)
}

/// A class of the project that a library gives its constructor: a schema of rows, a serializer. Called at `expr`.
pub(crate) fn construct(
    walker: &mut dyn Interpreter,
    expr: ExprId,
    class: &ClassRef,
    arguments: &Arguments,
) -> Option<Value> {
    serializing::construct(walker, expr, class, arguments)
}

/// The value of a parameter that a library fills: the object passed to a serializer's method.
pub(crate) fn parameter(db: &dyn Db, project: Project, function: FunctionRef, index: usize) -> Option<Value> {
    serializing::parameter(db, project, function, index)
        .or_else(|| django::parameter(db, project, function, index))
}

/// The query that a library gives to a parameter.
pub(crate) fn given(db: &dyn Db, project: Project, function: FunctionRef, index: usize) -> Option<Value> {
    django::admin::queryset(db, project, function, index)
}

/// Whether an annotation declares only that callers pass a query.
pub(crate) fn is_held(value: &Value) -> bool {
    matches!(&value.kind, Kind::ForeignInstance(name) if name.starts_with("django.db.models.") && name.ends_with("QuerySet"))
}

/// Whether a library renders what a function returns, so that a returned query runs.
pub(crate) fn is_rendered(db: &dyn Db, project: Project, function: FunctionRef) -> bool {
    serializing::is_rendered(db, project, function)
}

/// Calls `super().name(...)` if the method is a library's: `super().get_queryset()`. `own` is the value of `self`.
pub(crate) fn super_method(
    walker: &mut dyn Interpreter,
    expr: ExprId,
    own: &Value,
    name: &str,
    arguments: &Arguments,
) -> Option<Value> {
    django::method(walker, expr, own, name, arguments)
        .or_else(|| serializing::method(walker, expr, own, name, arguments))
}
