//! `itertools` and similar libraries.

use python::ExprId;

use super::collections::{filtered, key, map};
use super::elements::{Elements, tuple};
use crate::interpreter::{Arguments, Interpreter};
use crate::{Constant, Kind, Value};

/// Combinations of what is written out are counted up to this number.
const MOST: usize = 64;

/// Calls a function of `itertools`, `more_itertools` or `toolz`.
pub(super) fn call(
    walker: &mut dyn Interpreter,
    expr: ExprId,
    full_name: &str,
    arguments: &Arguments,
) -> Option<Value> {
    let name = full_name.rsplit('.').next().unwrap_or(full_name);
    let first = arguments.positional.first().map(|(value, _)| value);
    Some(match name {
        "from_iterable" | "flatten" | "concat" => flattened(walker, expr, first?),
        "chain" => chained(walker, expr, arguments),
        "groupby" => groups(walker, expr, arguments)?,
        "batched" | "chunked" | "ichunked" | "sliced" | "partition_all" | "grouper" | "divide" => {
            // In `toolz` the size comes first.
            let over = arguments
                .positional
                .iter()
                .map(|(value, _)| value)
                .find(|value| !matches!(value.kind, Kind::Plain | Kind::Written(_) | Kind::Column(_)))?;
            // One chunk represents all of them: there are few chunks, and each contains many elements.
            let chunk = Elements::of(walker, expr, over).joined().unwrap_or_default().many();
            tuple([chunk])
        }
        "islice" | "cycle" | "unique_everseen" | "unique" | "peekable" | "compress" | "take"
        | "repeatfunc" | "always_iterable" | "unique_justseen" => {
            Elements::of(walker, expr, first?).map(|element| element).at(first?.path.clone())
        }
        "takewhile" | "dropwhile" | "filterfalse" => filtered(walker, expr, arguments)?,
        "starmap" | "map_reduce" => {
            let _ = map(walker, expr, arguments)?;
            Value::UNKNOWN.many()
        }
        "pairwise" => {
            let element = Elements::of(walker, expr, first?).joined().unwrap_or_default();
            tuple([element.clone(), element]).many()
        }
        "zip_longest" | "product" => {
            let columns: Vec<_> =
                arguments.positional.iter().map(|(value, _)| Elements::of(walker, expr, value)).collect();
            let rounds = rounds(&columns, name == "product" && arguments.keywords.is_empty());
            let one = tuple(columns.into_iter().map(|column| column.joined().unwrap_or_default()));
            match rounds {
                Some(rounds) => tuple(std::iter::repeat_n(one, rounds)),
                None => one.many(),
            }
        }
        "combinations" | "permutations" | "combinations_with_replacement" => {
            Elements::of(walker, expr, first?).joined().unwrap_or_default().many().many()
        }
        "tee" => {
            let copy = Elements::of(walker, expr, first?).map(|element| element);
            tuple([copy.clone(), copy])
        }
        "count" | "accumulate" => Value::of(Kind::Plain).many(),
        "repeat" => match arguments.positional.get(1).map(|(value, _)| &value.kind) {
            Some(Kind::Written(Constant::Number(times)))
                if usize::try_from(*times).is_ok_and(|it| it <= MOST) =>
            {
                tuple(std::iter::repeat_n(first?.clone(), usize::try_from(*times).unwrap_or_default()))
            }
            _ => first?.clone().many(),
        },
        "first" | "one" | "last" | "only" | "nth" => {
            Elements::of(walker, expr, first?).joined().unwrap_or_default()
        }
        _ => return None,
    })
}

/// How many elements there are of combinations, or of the longest of some sequences, if all of them are written out.
fn rounds(columns: &[Elements], are_combined: bool) -> Option<usize> {
    let lengths: Option<Vec<usize>> = columns
        .iter()
        .map(|column| match column {
            Elements::Fixed(values) => Some(values.len()),
            Elements::Data(_) => None,
        })
        .collect();
    let rounds = if are_combined { lengths?.iter().product() } else { lengths?.into_iter().max()? };
    (rounds <= MOST).then_some(rounds)
}

fn flattened(walker: &mut dyn Interpreter, expr: ExprId, over: &Value) -> Value {
    // A dictionary's own elements are its keys.
    if let Kind::Tuple(parts) = &over.kind {
        let inner: Vec<Elements> = parts.iter().map(|part| Elements::of(walker, expr, part)).collect();
        if inner.iter().all(|part| matches!(part, Elements::Fixed(_))) {
            return tuple(inner.into_iter().flat_map(|part| match part {
                Elements::Fixed(values) => values,
                Elements::Data(value) => vec![value],
            }));
        }
    }
    let inner = Elements::of(walker, expr, over).joined().unwrap_or_default();
    Elements::of(walker, expr, &inner).joined().unwrap_or_default().many()
}

fn chained(walker: &mut dyn Interpreter, expr: ExprId, arguments: &Arguments) -> Value {
    let mut parts = Vec::new();
    for (value, _) in &arguments.positional {
        parts.push(Elements::of(walker, expr, value));
    }
    for (value, _) in &arguments.stars {
        let inner = Elements::of(walker, expr, value).joined().unwrap_or_default();
        parts.push(Elements::of(walker, expr, &inner));
    }
    if parts.iter().all(|part| matches!(part, Elements::Fixed(_))) {
        return tuple(parts.into_iter().flat_map(|part| match part {
            Elements::Fixed(values) => values,
            Elements::Data(value) => vec![value],
        }));
    }
    let joined = parts.into_iter().filter_map(Elements::joined).reduce(|left, right| left.beside(&right));
    joined.unwrap_or_default().many()
}

/// `groupby(values, key)`: keys with the elements that share them. `itertools` yields pairs, `toolz` returns a mapping.
fn groups(walker: &mut dyn Interpreter, expr: ExprId, arguments: &Arguments) -> Option<Value> {
    let (over, _) = arguments.positional.first()?;
    let elements = Elements::of(walker, expr, over).map(|element| element);
    if let Some((function, _)) = arguments.positional.get(1) {
        walker.call_for_each(expr, function, &elements);
    }
    key(walker, expr, &elements, arguments);
    Some(tuple([Value::of(Kind::Plain), elements]).many())
}
