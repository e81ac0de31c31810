//! Calls that block the thread: sleep, files, sockets, synchronous HTTP clients and database drivers.
//!
//! Only those that surely wait for something outside of the process. What is told of opening a file begins with
//! [`FILE`], so that a rule can leave files alone.

mod table;
#[cfg(test)]
mod tests;

use python::ExprId;

use super::Arguments;
use crate::walk::Walker;
use crate::{Kind, Value};

/// How words about files begin.
pub(crate) const FILE: &str = "file: ";

/// A function or class of a library that blocks.
pub(crate) fn call(walker: &mut Walker<'_>, expr: ExprId, full_name: &str, _: &Arguments) -> Option<Value> {
    if let Some(class) = table::makes(full_name) {
        if table::connects(full_name) {
            walker.blocks(expr, full_name);
        }
        return Some(Value::of(Kind::ForeignInstance(class.into())));
    }
    if table::opens_file(full_name) {
        walker.blocks(expr, &format!("{FILE}{}", full_name.trim_start_matches("builtins.")));
        return Some(Value::UNKNOWN);
    }
    if table::blocks(full_name) {
        walker.blocks(expr, full_name.trim_start_matches("builtins."));
        return Some(Value::UNKNOWN);
    }
    None
}

/// A method of an instance of such a library's class.
pub(crate) fn method(
    walker: &mut Walker<'_>,
    expr: ExprId,
    receiver: &Value,
    name: &str,
    _: &Arguments,
) -> Option<Value> {
    let Kind::ForeignInstance(class) = &receiver.kind else { return None };
    match table::method(class, name)? {
        table::Method::Blocks => walker.blocks(expr, &format!("{class}.{name}")),
        table::Method::OpensFile => walker.blocks(expr, &format!("{FILE}{class}.{name}")),
        table::Method::Gives(class) => return Some(Value::of(Kind::ForeignInstance(class.into()))),
    }
    Some(Value::UNKNOWN)
}
