//! Built-in functions and collections: `list`, `sorted`, `zip`, `dict`, `defaultdict`, `deepcopy`.

use python::{Expr, ExprId, Literal, Name};

use super::elements::{Elements, mapping, plain, tuple};
use super::texts::{self, TextOf, text_of};
use crate::interpreter::{Arguments, Interpreter};
use crate::{Constant, Entries, Kind, Value, rounds};

/// A `range` longer than this is treated like data.
const MAX_RANGE: i64 = 16;
/// The methods that sorting calls, the first that the class of the elements has.
pub(super) const ASCENDING: &[&str] = &["__lt__", "__gt__"];
const DESCENDING: &[&str] = &["__gt__", "__lt__"];

/// Calls a built-in function.
pub(super) fn call(
    walker: &mut dyn Interpreter,
    expr: ExprId,
    name: &str,
    arguments: &Arguments,
) -> Option<Value> {
    let deps = arguments.deps();
    let first = arguments.positional.first().map(|(value, _)| value);
    Some(match name {
        "list" | "tuple" | "set" | "frozenset" | "iter" | "aiter" | "reversed" => {
            let Some(value) = first else { return Some(tuple([])) };
            let elements = Elements::of(walker, expr, value).map(|element| element);
            if matches!(name, "set" | "frozenset") {
                hashed(walker, expr, &elements);
            }
            elements.at(value.path.clone()).with_deps(deps)
        }
        "sorted" => {
            let value = first?;
            let elements = Elements::of(walker, expr, value).map(|element| element).with_deps(deps);
            ordered(walker, expr, &elements, ASCENDING, arguments);
            elements.at(value.path.clone())
        }
        "enumerate" => {
            Elements::of(walker, expr, first?).map(|element| tuple([Value::of(Kind::Plain), element]))
        }
        "zip" => zip(walker, expr, arguments),
        "map" => map(walker, expr, arguments)?,
        "filter" => filtered(walker, expr, arguments)?,
        "next" | "anext" => next(walker, expr, arguments)?,
        "min" => extreme(walker, expr, ASCENDING, arguments)?,
        "max" => extreme(walker, expr, DESCENDING, arguments)?,
        "sum" => {
            Elements::of(walker, expr, first?);
            plain(deps)
        }
        "any" | "all" => {
            each_tested(walker, expr, first?, arguments);
            plain(deps)
        }
        "len" | "bool" => {
            // Django's querysets run for `len`; statements and SQLAlchemy queries have no length.
            if matches!(&first?.kind, Kind::Query(query) if query.orm == model::Orm::Django) {
                walker.element(expr, first?);
            }
            texts::special(walker, expr, first?, if name == "len" { &["__len__"] } else { texts::TRUTH });
            match &first?.kind {
                // What is written out is as long as it is there.
                Kind::Tuple(parts) if name == "len" => number(parts.len()).with_deps(deps),
                Kind::Record(entries) if name == "len" => number(entries.len()).with_deps(deps),
                _ => plain(deps),
            }
        }
        "dict" => dict(walker, expr, arguments),
        "range" => range(walker, arguments).with_deps(deps),
        "str" | "format" => {
            if let Some(value) = first {
                text_of(walker, expr, value, TextOf::Str);
            }
            plain(deps)
        }
        "repr" | "ascii" => {
            if let Some(value) = first {
                text_of(walker, expr, value, TextOf::Repr);
            }
            plain(deps)
        }
        "type" if arguments.positional.len() == 1 => {
            walker.attribute(expr, first?, &Name::new_static("__class__"))
        }
        "getattr" => {
            let (object, name) = (first?, &arguments.positional.get(1)?.0.kind);
            let Kind::Text(name) = name else { return Some(Value::UNKNOWN.with_deps(deps)) };
            walker.attribute(expr, object, name)
        }
        "setattr" => {
            if let [(_, object), (name, _), ..] = arguments.positional.as_slice() {
                let name = match &name.kind {
                    Kind::Text(name) => Some(name.clone()),
                    _ => None,
                };
                if let Some(name) = &name {
                    walker.gives(*object, Some(name));
                }
                walker.changes(expr, *object, name.as_ref());
            }
            Value::of(Kind::None)
        }
        "hasattr" => {
            // Testing a to-one relationship reads it.
            if let (
                Some(Value { kind: Kind::Entity(_), .. }),
                Some((Value { kind: Kind::Text(name), .. }, _)),
            ) = (first, arguments.positional.get(1))
            {
                walker.attribute(expr, first?, name);
            }
            plain(deps)
        }
        "print" => {
            for (value, at) in &arguments.positional {
                text_of(walker, *at, value, TextOf::Str);
            }
            plain(deps)
        }
        "int" | "float" | "hash" | "abs" | "round" | "bytes" | "complex" => {
            if let Some(value) = first {
                texts::special(walker, expr, value, &[&format!("__{name}__")]);
            }
            plain(deps)
        }
        "id" | "isinstance" | "issubclass" | "callable" | "ord" | "chr" | "bin" | "hex" | "divmod"
        | "pow" | "bytearray" => plain(deps),
        _ => return None,
    })
}

/// `any(values)`, `all(values)`: the truth of each element. That of a comprehension's was found as it made them.
fn each_tested(walker: &mut dyn Interpreter, expr: ExprId, over: &Value, arguments: &Arguments) {
    let is_made_here = |at: &ExprId| matches!(walker.body()[*at], Expr::Comprehension { .. });
    let is_found = arguments.positional.first().is_some_and(|(_, at)| is_made_here(at));
    match &over.kind {
        Kind::Tuple(values) => values.iter().for_each(|value| walker.test(expr, value)),
        Kind::Many(_) if !is_found => walker.test_for_each(expr, None, over),
        _ => {
            walker.element(expr, over);
        }
    }
}

/// Calls a function of another standard library module.
pub(super) fn beyond_builtins(
    walker: &mut dyn Interpreter,
    expr: ExprId,
    full_name: &str,
    arguments: &Arguments,
) -> Option<Value> {
    let first = arguments.positional.first().map(|(value, _)| value);
    Some(match full_name {
        "builtins.dict.fromkeys" => {
            Elements::of(walker, expr, first?);
            mapping(arguments.get(1, "value").cloned().unwrap_or_else(|| Value::of(Kind::None)))
        }
        "collections.OrderedDict" => dict(walker, expr, arguments),
        "collections.defaultdict" => mapping(made_by(first)),
        "collections.Counter" => {
            if let Some(value) = first {
                Elements::of(walker, expr, value);
            }
            mapping(Value::of(Kind::Plain))
        }
        "collections.deque" => {
            let Some(value) = first else { return Some(tuple([])) };
            Elements::of(walker, expr, value).map(|element| element)
        }
        "copy.copy" | "copy.deepcopy" => first?.clone(),
        _ => return None,
    })
}

/// The value that `defaultdict` creates for a missing key.
fn made_by(factory: Option<&Value>) -> Value {
    match factory.map(|value| &value.kind) {
        Some(Kind::Foreign(name)) => match name.as_str() {
            "builtins.list" | "builtins.set" | "builtins.tuple" | "collections.deque" => tuple([]),
            "builtins.dict" => Value::of(Kind::Record(Entries::default())),
            "builtins.int" | "builtins.str" | "builtins.float" | "builtins.bool" => Value::of(Kind::Plain),
            "collections.Counter" => mapping(Value::of(Kind::Plain)),
            _ => Value::UNKNOWN,
        },
        _ => Value::UNKNOWN,
    }
}

/// Calls the `key=` function once for each element.
pub(super) fn key(walker: &mut dyn Interpreter, expr: ExprId, over: &Value, arguments: &Arguments) {
    if let Some(key) = arguments.keyword("key") {
        walker.call_for_each(expr, key, over);
    }
}

/// Sorts: calls the `key=` function, or compares the elements with each other.
pub(super) fn ordered(
    walker: &mut dyn Interpreter,
    expr: ExprId,
    over: &Value,
    operators: &[&str],
    arguments: &Arguments,
) {
    if arguments.keyword("key").is_some() {
        return key(walker, expr, over, arguments);
    }
    own_of_each(walker, expr, over, operators);
}

/// Puts elements into a set, which asks each for its hash.
fn hashed(walker: &mut dyn Interpreter, expr: ExprId, over: &Value) {
    own_of_each(walker, expr, over, &["__hash__"]);
}

/// Calls the first of these methods that the class of the elements has, for each of them.
fn own_of_each(walker: &mut dyn Interpreter, expr: ExprId, over: &Value, names: &[&str]) {
    let element = match &over.kind {
        Kind::Many(element) => Some(&**element),
        Kind::Tuple(parts) => parts.first(),
        _ => None,
    };
    if let Some(method) = element.and_then(|element| texts::own_method(walker, element, names)) {
        walker.call_for_each(expr, &Value::of(Kind::Function(method)), over);
    }
}

fn zip(walker: &mut dyn Interpreter, expr: ExprId, arguments: &Arguments) -> Value {
    let mut columns = Vec::new();
    for (value, _) in &arguments.positional {
        columns.push(Elements::of(walker, expr, value));
    }
    if let Some((value, _)) = arguments.stars.first() {
        walker.element(expr, value);
        return Value::UNKNOWN.many();
    }
    let fixed = |column: &Elements| match column {
        Elements::Fixed(values) => Some(values.len()),
        Elements::Data(_) => None,
    };
    // The shortest input determines the length, so one of known length bounds the result.
    let length = columns.iter().filter_map(fixed).min();
    let row = |index: usize| {
        tuple(columns.iter().map(|column| match column {
            Elements::Fixed(values) => values.get(index).cloned().unwrap_or_default(),
            Elements::Data(value) => value.clone(),
        }))
    };
    match length {
        Some(length) => tuple((0..length).map(row)),
        None => row(0).many(),
    }
}

/// `heapq.nlargest(3, values, key=...)`, `random.sample(values, 3)`: some of the elements.
pub(super) fn chosen(
    walker: &mut dyn Interpreter,
    expr: ExprId,
    name: &str,
    arguments: &Arguments,
) -> Option<Value> {
    let (index, operators) = match name {
        "nlargest" => (1, Some(DESCENDING)),
        "nsmallest" => (1, Some(ASCENDING)),
        "sample" | "choices" | "choice" => (0, None),
        _ => return None,
    };
    let (over, _) = arguments.positional.get(index)?;
    let elements = Elements::of(walker, expr, over);
    if name == "choice" {
        return elements.joined();
    }
    let elements = elements.map(|element| element);
    if let Some(operators) = operators {
        ordered(walker, expr, &elements, operators, arguments);
    }
    Some(elements)
}

/// `map(function, values)`
pub(super) fn map(walker: &mut dyn Interpreter, expr: ExprId, arguments: &Arguments) -> Option<Value> {
    let [(function, _), (over, _), rest @ ..] = arguments.positional.as_slice() else { return None };
    if !rest.is_empty() {
        return Some(Value::UNKNOWN.with_deps(arguments.deps()).many());
    }
    let result = walker.call_for_each(expr, function, over);
    Some(match &over.kind {
        Kind::Tuple(values) => tuple(values.iter().map(|_| result.clone())),
        _ => result.many(),
    })
}

/// `filter(function, values)`: a subset of the elements.
pub(super) fn filtered(walker: &mut dyn Interpreter, expr: ExprId, arguments: &Arguments) -> Option<Value> {
    let [(function, _), (over, _)] = arguments.positional.as_slice() else { return None };
    let elements = Elements::of(walker, expr, over).map(|element| element);
    let function = Some(function).filter(|function| function.kind != Kind::None);
    walker.test_for_each(expr, function, &elements);
    Some(elements.at(over.path.clone()))
}

/// `next(values, default)`
fn next(walker: &mut dyn Interpreter, expr: ExprId, arguments: &Arguments) -> Option<Value> {
    let (over, _) = arguments.positional.first()?;
    let element = Elements::of(walker, expr, over).joined().unwrap_or_default();
    Some(match arguments.positional.get(1) {
        Some((default, _)) => element.join(default),
        None => element,
    })
}

/// `min(values, key=...)`, `max(a, b)`
fn extreme(
    walker: &mut dyn Interpreter,
    expr: ExprId,
    operators: &[&str],
    arguments: &Arguments,
) -> Option<Value> {
    let over = match arguments.positional.as_slice() {
        [] => return None,
        [(over, _)] => Elements::of(walker, expr, over).map(|element| element),
        several => tuple(several.iter().map(|(value, _)| value.clone())),
    };
    ordered(walker, expr, &over, operators, arguments);
    let element = match &over.kind {
        Kind::Tuple(values) => values.iter().cloned().reduce(|left, right| left.join(&right)),
        Kind::Many(element) => Some((**element).clone()),
        _ => None,
    };
    let element = element.unwrap_or_default();
    Some(match arguments.keyword("default") {
        Some(default) => element.join(default),
        None => element,
    })
}

/// `dict(a=1)`, `dict(pairs)`, `dict(other)`
fn dict(walker: &mut dyn Interpreter, expr: ExprId, arguments: &Arguments) -> Value {
    let deps = arguments.deps();
    let keywords = || arguments.keywords.iter().map(|(name, value, _)| (name.clone(), value.clone()));
    let Some((first, _)) = arguments.positional.first() else {
        if arguments.has_double_star {
            return mapping(Value::UNKNOWN).with_deps(deps);
        }
        return Value::of(Kind::Record(keywords().collect())).with_deps(deps);
    };
    let value = match &first.kind {
        Kind::Mapping(_) | Kind::Record(_) if arguments.keywords.is_empty() => return first.clone(),
        Kind::Mapping(value) => Some((**value).clone()),
        Kind::Record(entries) => {
            entries.iter().map(|(_, value)| value.clone()).reduce(|left, right| left.join(&right))
        }
        _ => match Elements::of(walker, expr, first).joined().map(|pair| pair.kind) {
            Some(Kind::Tuple(pair)) if pair.len() == 2 => Some(pair[1].clone()),
            Some(_) => Some(Value::UNKNOWN),
            None => None,
        },
    };
    let all = value.into_iter().chain(keywords().map(|(_, value)| value));
    mapping(all.reduce(|left, right| left.join(&right)).unwrap_or_default()).with_deps(deps)
}

fn number(length: usize) -> Value {
    Value::of(i64::try_from(length).map_or(Kind::Plain, |length| Kind::Written(Constant::Number(length))))
}

/// `range(3)` has known elements; `range(0, total, size)` counts chunks, not elements.
fn range(walker: &dyn Interpreter, arguments: &Arguments) -> Value {
    let literal = |(value, expr): &(Value, ExprId)| match (&value.kind, &walker.body()[*expr]) {
        // A name may stand for another number later.
        (Kind::Written(Constant::Number(number)), Expr::Literal(_) | Expr::Call { .. }) => Some(*number),
        (_, Expr::Unary { op, operand }) if op == "-" => match walker.body()[*operand] {
            Expr::Literal(Literal::Int(number)) => Some(-number),
            _ => None,
        },
        _ => crate::types::names::number(
            walker.db(),
            walker.project(),
            walker.function().module,
            walker.body(),
            *expr,
        ),
    };
    let number = Value::of(Kind::Plain);
    let length = match arguments.positional.as_slice() {
        [stop] => literal(stop),
        [start, stop] => {
            literal(start).zip(literal(stop)).and_then(|(start, stop)| rounds::of_range(start, stop, 1))
        }
        [start, stop, step] => match (literal(start), literal(stop), literal(step)) {
            (Some(start), Some(stop), Some(step)) => rounds::of_range(start, stop, step),
            _ => Some(1),
        },
        _ => None,
    };
    match length {
        Some(length @ 0..=MAX_RANGE) => tuple((0..length).map(|_| number.clone())),
        _ => number.many(),
    }
}

/// The keys of a record.
pub(super) fn keys(entries: &[(Name, Value)]) -> Value {
    tuple(entries.iter().map(|(name, _)| Value::of(Kind::Text(name.clone()))))
}
