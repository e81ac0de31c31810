//! `functools` and `operator`: callables derived from other callables.

use python::{ExprId, Name};

use super::elements::{Elements, plain};
use crate::interpreter::{Arguments, Interpreter};
use crate::{Kind, Value};

/// The internal name of the result of `attrgetter("a.b")`: called with the paths, then with the object.
const ATTRGETTER: &str = "operator.attrgetter()";
/// The internal name of the result of `itemgetter`.
const ITEMGETTER: &str = "operator.itemgetter()";
/// The internal name of the result of `methodcaller("name", argument)`.
const METHODCALLER: &str = "operator.methodcaller()";

/// Calls a function of these modules, or the result of one of them.
pub(super) fn call(
    walker: &mut dyn Interpreter,
    expr: ExprId,
    full_name: &str,
    arguments: &Arguments,
) -> Option<Value> {
    Some(match full_name {
        "functools.partial" => {
            let ((function, _), rest) = arguments.positional.split_first()?;
            let bound = rest.iter().map(|(value, _)| value.clone()).collect();
            Value::of(Kind::Partial(function.clone().into(), bound)).with_deps(arguments.deps())
        }
        "functools.reduce" => {
            let [(function, _), (over, _), initial @ ..] = arguments.positional.as_slice() else {
                return None;
            };
            let element = Elements::of(walker, expr, over).joined().unwrap_or_default();
            let start = match initial.first() {
                Some((initial, _)) => initial.clone(),
                None => element.clone(),
            };
            // Called with what came of it so far, and with the next element.
            let step = Value::of(Kind::Partial(function.clone().into(), [start.clone()].into()));
            walker.call_for_each(expr, &step, over);
            start.join(&element)
        }
        "operator.attrgetter" => getter(ATTRGETTER, arguments),
        "operator.itemgetter" => getter(ITEMGETTER, arguments),
        "operator.methodcaller" => getter(METHODCALLER, arguments),
        METHODCALLER => method(walker, expr, arguments)?,
        ATTRGETTER => attributes(walker, expr, arguments)?,
        ITEMGETTER => item(arguments)?,
        _ => return None,
    })
}

fn getter(name: &'static str, arguments: &Arguments) -> Value {
    let bound = arguments.positional.iter().map(|(value, _)| value.clone()).collect();
    let getter = Value::of(Kind::Foreign(Name::new_static(name)));
    Value::of(Kind::Partial(getter.into(), bound))
}

/// Reads each path from the last argument.
fn attributes(walker: &mut dyn Interpreter, expr: ExprId, arguments: &Arguments) -> Option<Value> {
    let ((object, _), paths) = arguments.positional.split_last()?;
    let mut last = None;
    for (path, _) in paths {
        let Kind::Text(path) = &path.kind else { continue };
        let steps = path.split('.');
        last = Some(steps.fold(object.clone(), |value, name| walker.attribute(expr, &value, &name.into())));
    }
    last.filter(|_| paths.len() == 1).or_else(|| Some(plain(arguments.deps())))
}

/// Calls the method that the first argument names on the last one, with those between.
fn method(walker: &mut dyn Interpreter, expr: ExprId, arguments: &Arguments) -> Option<Value> {
    let ((object, _), bound) = arguments.positional.split_last()?;
    let ((name, _), given) = bound.split_first()?;
    let Kind::Text(name) = &name.kind else { return None };
    let method = walker.attribute(expr, object, name);
    Some(walker.call(expr, &method, &Arguments { positional: given.to_vec(), ..Arguments::default() }))
}

fn item(arguments: &Arguments) -> Option<Value> {
    let ((object, _), [(key, _)]) = arguments.positional.split_last()? else { return None };
    match (&object.kind, &key.kind) {
        (Kind::Mapping(value), _) => Some((**value).clone()),
        (Kind::Record(entries), Kind::Text(key)) => {
            entries.iter().find(|(name, _)| name == key).map(|(_, value)| value.clone())
        }
        _ => None,
    }
}
