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
pub(crate) use texts::{TRUTH, TextOf, own_method, text_of, truth_of};

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
        "typing" => cast(walker, name, arguments),
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

/// Whether a function finds the truth of each element of its only argument.
pub(crate) fn tests_each(full_name: &str) -> bool {
    matches!(full_name, "builtins.any" | "builtins.all")
}

/// `cast(list[Order], rows)` gives `rows` unchanged. The type tells what they are where nothing else does.
fn cast(walker: &dyn Interpreter, name: &str, arguments: &Arguments) -> Option<Value> {
    if name != "cast" {
        return None;
    }
    let given = arguments.get(1, "val")?;
    let by_keyword = || arguments.keywords.iter().find(|(name, ..)| name == "typ").map(|(_, _, at)| *at);
    let wanted = arguments.positional.first().map(|(_, at)| *at).or_else(by_keyword)?;
    if !given.is_unknown() {
        return Some(given.clone());
    }
    let (db, project, module) = (walker.db(), walker.project(), walker.function().module);
    let said = crate::types::annotation::value(db, project, module, &walker.body().exprs, wanted);
    Some(said.at(given.path.clone()).with_deps(given.deps))
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
