//! Functions that run other functions: `asyncio.gather`, task groups, threads, executors.

use python::{ExprId, Name};

use super::collections::map;
use super::elements::{Elements, awaitable, awaited, tuple};
use crate::interpreter::{Arguments, Interpreter};
use crate::{Kind, Value};

/// The internal name of the result of `sync_to_async(function)`: called with the function, then its arguments.
const SYNC_TO_ASYNC: &str = "asgiref.sync.sync_to_async()";
/// The internal name of the result of `async_to_sync(function)`.
const ASYNC_TO_SYNC: &str = "asgiref.sync.async_to_sync()";

/// Calls a function of `asyncio`, `anyio` or a web framework's thread helpers.
pub(super) fn call(
    walker: &mut dyn Interpreter,
    expr: ExprId,
    full_name: &str,
    arguments: &Arguments,
) -> Option<Value> {
    let first = arguments.positional.first().map(|(value, _)| value);
    Some(match full_name {
        "asyncio.gather" => awaitable(gathered(walker, expr, arguments)),
        "asyncio.create_task"
        | "asyncio.ensure_future"
        | "asyncio.shield"
        | "asyncio.wait_for"
        | "asyncio.run_coroutine_threadsafe" => awaitable(awaited(first?)),
        "asyncio.run" | "asyncio.timeout" | "anyio.run" => awaited(first?),
        "asyncio.as_completed" => Elements::of(walker, expr, first?).map(|element| element),
        "asyncio.wait" => {
            let tasks = Elements::of(walker, expr, first?).map(|element| element);
            awaitable(tuple([tasks.clone(), tasks]))
        }
        "asyncio.to_thread"
        | "anyio.to_thread.run_sync"
        | "starlette.concurrency.run_in_threadpool"
        | "fastapi.concurrency.run_in_threadpool"
        | "trio.to_thread.run_sync"
        | SYNC_TO_ASYNC => awaitable(in_thread(walker, expr, 0, arguments)),
        "asyncio.TaskGroup"
        | "asyncio.get_event_loop"
        | "asyncio.get_running_loop"
        | "asyncio.new_event_loop"
        | "anyio.create_task_group"
        | "concurrent.futures.ThreadPoolExecutor"
        | "concurrent.futures.ProcessPoolExecutor" => Value::of(Kind::ForeignInstance(full_name.into())),
        "concurrent.futures.as_completed" => Elements::of(walker, expr, first?).map(|element| element),
        "asgiref.sync.sync_to_async" => deferred(SYNC_TO_ASYNC, first)?,
        "asgiref.sync.async_to_sync" => deferred(ASYNC_TO_SYNC, first)?,
        ASYNC_TO_SYNC => {
            let (function, _) = arguments.positional.first()?;
            awaited(&walker.call(expr, function, &behind(0, arguments)))
        }
        _ => return None,
    })
}

/// The result of another library's wrapper that runs a function in a thread: `database_sync_to_async(function)`.
pub(super) fn made_for_threads(full_name: &str, arguments: &Arguments) -> Option<Value> {
    libraries::runs_in_thread(full_name)?;
    deferred(SYNC_TO_ASYNC, arguments.positional.first().map(|(value, _)| value))
}

/// Calls a method of an event loop, a task group or an executor.
pub(super) fn method(
    walker: &mut dyn Interpreter,
    expr: ExprId,
    class: &str,
    name: &str,
    arguments: &Arguments,
) -> Option<Value> {
    let package = class.split('.').next()?;
    if !matches!(package, "asyncio" | "anyio" | "concurrent" | "uvloop" | "trio") {
        return None;
    }
    let first = arguments.positional.first().map(|(value, _)| value);
    Some(match name {
        "create_task" | "run_coroutine_threadsafe" => awaitable(awaited(first?)),
        "run_until_complete" => awaited(first?),
        "start_soon" | "submit" | "call_soon" => awaitable(in_thread(walker, expr, 0, arguments)),
        "run_in_executor" => awaitable(in_thread(walker, expr, 1, arguments)),
        "map" => map(walker, expr, arguments)?,
        "__enter__" | "__aenter__" => Value::of(Kind::ForeignInstance(class.into())),
        _ => return None,
    })
}

/// The result of gathering these awaitables: all of their results, in order.
fn gathered(walker: &mut dyn Interpreter, expr: ExprId, arguments: &Arguments) -> Value {
    let fixed: Vec<_> = arguments.positional.iter().map(|(value, _)| awaited(value)).collect();
    let mut parts = Vec::new();
    for (value, _) in &arguments.stars {
        parts.push(Elements::of(walker, expr, value).map(|element| awaited(&element)));
    }
    match parts.as_slice() {
        [] => tuple(fixed),
        [only] if fixed.is_empty() => only.clone(),
        _ => Value::UNKNOWN.many(),
    }
}

/// Calls the argument at `index` with the arguments after it, in another thread.
fn in_thread(walker: &mut dyn Interpreter, expr: ExprId, index: usize, arguments: &Arguments) -> Value {
    match arguments.positional.get(index) {
        Some((function, _)) => walker.call_in_thread(expr, function, &behind(index, arguments)),
        None => Value::UNKNOWN,
    }
}

/// The arguments after the one at `index`.
fn behind(index: usize, arguments: &Arguments) -> Arguments {
    let positional = arguments.positional[index + 1..].to_vec();
    Arguments { positional, ..arguments.clone() }
}

fn deferred(name: &'static str, function: Option<&Value>) -> Option<Value> {
    let callee = Value::of(Kind::Foreign(Name::new_static(name)));
    Some(Value::of(Kind::Partial(callee.into(), [function?.clone()].into())))
}
