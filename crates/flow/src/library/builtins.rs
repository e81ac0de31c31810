//! The standard library: functions that preserve a collection's elements, iterate over them, or call a function for
//! each.

mod collections;
mod concurrency;
mod elements;
mod functional;
mod iterators;
mod methods;
#[cfg(test)]
mod tests;
mod texts;

use python::ExprId;
pub(crate) use texts::{TextOf, text_of};

use crate::interpreter::{Arguments, Interpreter};
use crate::{Kind, Value};

/// Calls a function or class: `sorted`, `enumerate`, `zip`, `map`, `asyncio.gather`, `functools.partial`.
pub(crate) fn call(
    walker: &mut dyn Interpreter,
    expr: ExprId,
    full_name: &str,
    arguments: &Arguments,
) -> Option<Value> {
    let (package, name) = full_name.rsplit_once('.')?;
    match package {
        "builtins" => collections::call(walker, expr, name, arguments),
        "builtins.dict" | "collections" | "copy" => {
            collections::beyond_builtins(walker, expr, full_name, arguments)
        }
        "itertools" | "itertools.chain" | "more_itertools" | "more_itertools.more" | "toolz" | "cytoolz" => {
            iterators::call(walker, expr, full_name, arguments)
        }
        "logging" => texts::logged(walker, name, arguments),
        "heapq" | "random" => collections::chosen(walker, expr, name, arguments),
        "functools" | "operator" => functional::call(walker, expr, full_name, arguments),
        "asyncio"
        | "anyio"
        | "anyio.to_thread"
        | "starlette.concurrency"
        | "fastapi.concurrency"
        | "asgiref.sync"
        | "concurrent.futures"
        | "trio.to_thread" => concurrency::call(walker, expr, full_name, arguments),
        _ => concurrency::made_for_threads(full_name, arguments),
    }
}

/// Calls a method of a list, a mapping or a string.
pub(crate) fn method(
    walker: &mut dyn Interpreter,
    expr: ExprId,
    receiver: &Value,
    name: &str,
    arguments: &Arguments,
) -> Option<Value> {
    match &receiver.kind {
        Kind::ForeignInstance(class) if class == texts::LOGGER => texts::logged(walker, name, arguments),
        Kind::ForeignInstance(class) => concurrency::method(walker, expr, class, name, arguments),
        Kind::Awaitable(inner) if name == "result" => Some((**inner).clone()),
        _ => methods::method(walker, expr, receiver, name, arguments),
    }
}
