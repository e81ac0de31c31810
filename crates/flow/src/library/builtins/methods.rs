//! The results of methods of lists, sets, dictionaries and strings. The walker handles what they modify.

use python::ExprId;

use super::collections::{ASCENDING, keys, ordered};
use super::elements::{plain, tuple};
use super::texts::{TextOf, text_of};
use crate::interpreter::{Arguments, Interpreter};
use crate::{Deps, Entries, Kind, Value};

/// The result of a method of a built-in class.
pub(super) fn method(
    walker: &mut dyn Interpreter,
    expr: ExprId,
    receiver: &Value,
    name: &str,
    arguments: &Arguments,
) -> Option<Value> {
    let deps = receiver.deps | arguments.deps();
    match &receiver.kind {
        Kind::Many(element) => of_sequence(walker, expr, receiver, element, name, arguments),
        Kind::Tuple(values) => {
            let element = values.iter().cloned().reduce(|left, right| left.join(&right)).unwrap_or_default();
            of_sequence(walker, expr, receiver, &element, name, arguments)
        }
        Kind::Mapping(value) => of_mapping(receiver, value, name, arguments),
        Kind::Record(entries) => of_record(receiver, entries, name, arguments),
        Kind::Text(_) | Kind::Plain | Kind::Written(_) | Kind::Column(_) => {
            Some(of_text(walker, expr, name, deps, arguments))
        }
        _ => None,
    }
}

fn of_sequence(
    walker: &mut dyn Interpreter,
    expr: ExprId,
    receiver: &Value,
    element: &Value,
    name: &str,
    arguments: &Arguments,
) -> Option<Value> {
    let deps = receiver.deps | arguments.deps();
    Some(match name {
        "append"
        | "extend"
        | "insert"
        | "add"
        | "update"
        | "remove"
        | "discard"
        | "clear"
        | "reverse"
        | "appendleft"
        | "extendleft"
        | "rotate"
        | "difference_update"
        | "intersection_update"
        | "close"
        | "aclose" => Value::of(Kind::None),
        "sort" => {
            ordered(walker, expr, receiver, ASCENDING, arguments);
            Value::of(Kind::None)
        }
        "pop" | "popleft" | "__getitem__" | "__next__" | "__anext__" | "send" => {
            element.clone().with_deps(deps)
        }
        "copy" | "intersection" | "difference" | "__iter__" | "__aiter__" | "__enter__" | "__aenter__" => {
            receiver.clone()
        }
        "union" | "symmetric_difference" => {
            let others = arguments.positional.iter().map(|(value, _)| match &value.kind {
                Kind::Many(element) => (**element).clone(),
                _ => Value::UNKNOWN,
            });
            others.fold(element.clone(), |left, right| left.join(&right)).many().with_deps(deps)
        }
        "index" | "count" | "issubset" | "issuperset" | "isdisjoint" | "__len__" | "__contains__" => {
            plain(deps)
        }
        _ => return None,
    })
}

fn of_mapping(receiver: &Value, value: &Value, name: &str, arguments: &Arguments) -> Option<Value> {
    let deps = receiver.deps | arguments.deps();
    Some(match name {
        "get" | "pop" | "setdefault" | "__getitem__" => {
            let value = match arguments.positional.get(1) {
                Some((default, _)) => value.join(default),
                None => value.clone(),
            };
            value.with_deps(deps)
        }
        "values" => value.clone().many().with_deps(receiver.deps),
        "keys" | "elements" => plain(receiver.deps).many(),
        "items" | "most_common" => {
            tuple([plain(receiver.deps), value.clone()]).many().with_deps(receiver.deps)
        }
        "popitem" => tuple([plain(deps), value.clone()]),
        "copy" => receiver.clone(),
        "update" | "clear" | "move_to_end" | "subtract" => Value::of(Kind::None),
        "__contains__" | "__len__" | "total" => plain(deps),
        _ => return None,
    })
}

fn of_record(receiver: &Value, entries: &Entries, name: &str, arguments: &Arguments) -> Option<Value> {
    let deps = receiver.deps | arguments.deps();
    Some(match name {
        "get" | "pop" | "setdefault" => {
            let default = arguments.positional.get(1).map(|(value, _)| value);
            let (asked, _) = arguments.positional.first()?;
            let found = match &asked.kind {
                Kind::Text(key) => {
                    entries.iter().find(|(name, _)| name == key).map(|(_, value)| value.clone())
                }
                // With an unknown key, any of the values.
                _ => entries.iter().map(|(_, value)| value.clone()).reduce(|left, right| left.join(&right)),
            };
            found.or_else(|| default.cloned()).unwrap_or_else(|| Value::of(Kind::None)).with_deps(deps)
        }
        "values" => tuple(entries.iter().map(|(_, value)| value.clone())),
        "keys" => keys(entries),
        "items" => tuple(
            entries.iter().map(|(name, value)| tuple([Value::of(Kind::Text(name.clone())), value.clone()])),
        ),
        "copy" => receiver.clone(),
        "update" | "clear" => Value::of(Kind::None),
        _ => return None,
    })
}

fn of_text(
    walker: &mut dyn Interpreter,
    expr: ExprId,
    name: &str,
    deps: Deps,
    arguments: &Arguments,
) -> Value {
    match name {
        "split" | "rsplit" | "splitlines" => plain(deps).many(),
        "join" => {
            if let Some((over, _)) = arguments.positional.first() {
                walker.element(expr, over);
            }
            plain(deps)
        }
        "format" => {
            for (value, at) in &arguments.positional {
                text_of(walker, *at, value, TextOf::Str);
            }
            for (_, value, at) in &arguments.keywords {
                text_of(walker, *at, value, TextOf::Str);
            }
            plain(deps)
        }
        _ => plain(deps),
    }
}
