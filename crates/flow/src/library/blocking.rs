//! Calls that block the thread: sleep, files, sockets, synchronous HTTP clients and database drivers.
//!
//! Only calls that certainly wait for something outside the process are listed.

#[cfg(test)]
mod tests;

use libraries::{Method, client_of, connects, opens_file, waits};
use python::ExprId;

use crate::interpreter::{Arguments, Interpreter};
use crate::{Blocking, Kind, ModelRef, Value};

/// Calls a blocking function or class of a library.
pub(crate) fn call(
    walker: &mut dyn Interpreter,
    expr: ExprId,
    full_name: &str,
    _: &Arguments,
) -> Option<Value> {
    if let Some(class) = client_of(full_name) {
        if connects(full_name) {
            walker.blocks(expr, full_name, Blocking::Waits);
        }
        return Some(Value::of(Kind::ForeignInstance(class.into())));
    }
    if opens_file(full_name) {
        walker.blocks(expr, full_name.trim_start_matches("builtins."), Blocking::AccessesFile);
        return Some(Value::UNKNOWN);
    }
    if waits(full_name) {
        walker.blocks(expr, full_name.trim_start_matches("builtins."), Blocking::Waits);
        return Some(Value::UNKNOWN);
    }
    // Connections and pools whose making is awaited or entered.
    libraries::connection(full_name).map(|class| Value::of(Kind::ForeignInstance(class.into())))
}

/// An attribute of such an instance that holds another one.
pub(crate) fn attribute(receiver: &Value, name: &str) -> Option<Value> {
    let Kind::ForeignInstance(class) = &receiver.kind else { return None };
    match libraries::method(class, name)? {
        // A method that returns another instance has to be called, an attribute doesn't. The attribute is equivalent to
        // the result.
        Method::Gives(given) => {
            libraries::given(class, name).map(|_| Value::of(Kind::ForeignInstance(given.into())))
        }
        Method::Waits | Method::OpensFile => None,
    }
}

/// Calls a method of an instance of such a library class.
pub(crate) fn method(
    walker: &mut dyn Interpreter,
    expr: ExprId,
    receiver: &Value,
    name: &str,
    arguments: &Arguments,
) -> Option<Value> {
    let Kind::ForeignInstance(class) = &receiver.kind else { return None };
    let does = libraries::method(class, name);
    // In a coroutine it is reported that it blocks.
    let is_told = matches!(does, Some(Method::Waits)) && walker.is_coroutine();
    if libraries::asks(class, name) && !is_told {
        let what = match arguments.positional.first().map(|(sql, _)| &sql.kind) {
            Some(Kind::Text(sql)) if writes(sql) => "the INSERT of a row".to_owned(),
            _ => format!("{}.{name}", class.rsplit('.').next().unwrap_or_default()),
        };
        walker.runs(expr, &what, ModelRef::Unknown, receiver.deps | arguments.deps());
        if does.is_none() {
            return Some(Value::UNKNOWN);
        }
    }
    match does? {
        Method::Waits => walker.blocks(expr, &format!("{class}.{name}"), Blocking::Waits),
        Method::OpensFile => walker.blocks(expr, &format!("{class}.{name}"), Blocking::AccessesFile),
        Method::Gives(class) => return Some(Value::of(Kind::ForeignInstance(class.into()))),
    }
    Some(Value::UNKNOWN)
}

/// Whether a statement changes what is stored.
pub(super) fn writes(sql: &str) -> bool {
    let first = sql.split_whitespace().next().unwrap_or_default().to_ascii_lowercase();
    matches!(first.as_str(), "insert" | "update" | "delete" | "replace" | "merge")
}
