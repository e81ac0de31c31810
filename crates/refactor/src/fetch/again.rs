//! Whether an iterable can be iterated twice: a list can, a stream can't.

use python::{Expr, ExprId};
use source::Span;

use super::Code;
use super::walk::assigned;

/// How something is iterated twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Again {
    /// As it is written.
    AsIs,
    /// A queryset or a list, bound to a name.
    Named,
    /// Converted to a list, bound to a name.
    Listed,
}

/// Methods that read piece by piece to limit memory.
const STREAMS: [&str; 12] = [
    ".aiterator(",
    ".iter_",
    ".iterator(",
    ".partitions(",
    ".stream",
    "csv.",
    "islice(",
    "itertools.",
    "iter(",
    "open(",
    "reader(",
    "yield_per",
];

/// How the iterable is iterated twice. `None` for a stream, and if unknown.
pub(super) fn again(code: &Code<'_>, iterable: ExprId, inside: Span) -> Option<Again> {
    let text = code.text(iterable);
    if STREAMS.iter().any(|stream| text.contains(stream)) {
        return None;
    }
    // `session.scalars(statement)` streams if the statement requests it.
    let whole = Span::new(0, code.cx.text.as_str().len() as u32);
    let is_streamed = assigned(code, whole).into_iter().any(|(name, value)| {
        let written = value.map(|(_, value)| code.text(value)).unwrap_or_default();
        STREAMS.iter().any(|stream| written.contains(stream)) && code.mentions(iterable, &[name])
    });
    if is_streamed {
        return None;
    }
    match &code.body[iterable] {
        Expr::List(_) | Expr::Tuple(_) | Expr::Set(_) => Some(Again::Named),
        Expr::Name(name) => of_name(code, name, inside),
        Expr::Call { callee, args } => {
            let name = match &code.body[*callee] {
                Expr::Name(name) | Expr::Attribute { name, .. } => name.as_str(),
                _ => return None,
            };
            if generates(code, name) {
                return None;
            }
            let is_view = matches!(name, "items" | "keys" | "values" | "range") && args.len() <= 3;
            let is_free = matches!(&code.body[*callee], Expr::Attribute { value, .. } if matches!(code.body[*value], Expr::Name(_)));
            if name == "range" || is_view && args.is_empty() && is_free {
                return Some(Again::AsIs);
            }
            Some(Again::Listed)
        }
        Expr::Await(_) | Expr::Attribute { .. } | Expr::Subscript { .. } => Some(Again::Listed),
        _ => None,
    }
}

/// A name: a parameter by its annotation, a variable by its only value.
fn of_name(code: &Code<'_>, name: &str, inside: Span) -> Option<Again> {
    if assigned(code, inside).iter().any(|(other, _)| *other == name) {
        return None;
    }
    let whole = Span::new(0, code.cx.text.as_str().len() as u32);
    let mut values = assigned(code, whole).into_iter().filter(|(other, _)| *other == name);
    match (values.next(), values.next()) {
        (None, _) => {}
        (Some((_, Some((_, value)))), None) => {
            let text = code.text(value);
            if STREAMS.iter().any(|stream| text.contains(stream)) {
                return None;
            }
            return match &code.body[value] {
                Expr::List(_) | Expr::Tuple(_) | Expr::Set(_) | Expr::Dict(_) => Some(Again::AsIs),
                Expr::Comprehension { kind, .. } => {
                    (*kind != python::ComprehensionKind::Generator).then_some(Again::AsIs)
                }
                Expr::Call { callee, .. } => match &code.body[*callee] {
                    Expr::Name(called)
                        if matches!(called.as_str(), "dict" | "list" | "set" | "sorted" | "tuple") =>
                    {
                        Some(Again::AsIs)
                    }
                    // A queryset caches what it has fetched.
                    Expr::Attribute { .. } if text.contains(".objects.") => Some(Again::AsIs),
                    // A list, unless it is a manager's method.
                    Expr::Attribute { value, name: method }
                        if method == "all" && matches!(code.body[*value], Expr::Call { .. }) =>
                    {
                        Some(Again::AsIs)
                    }
                    Expr::Name(called) | Expr::Attribute { name: called, .. } => {
                        (!generates(code, called)).then_some(Again::Listed)
                    }
                    _ => Some(Again::Listed),
                },
                Expr::Await(_) => Some(Again::Listed),
                _ => None,
            };
        }
        _ => return None,
    }
    let python::BodyOwner::Function(function) = code.body.owner else { return None };
    let definitions = &code.cx.module.definitions;
    let parameter = definitions[function].parameters.iter().find(|it| it.name == name)?;
    matches!(parameter.kind, python::ParameterKind::Normal | python::ParameterKind::KeywordOnly)
        .then_some(())?;
    let Some(annotation) = parameter.annotation else { return Some(Again::Listed) };
    let written = code.lines().slice(code.cx.module.spans.signature(annotation)).trim_matches(['"', '\'']);
    let head = written.split('[').next().unwrap_or_default().rsplit('.').next().unwrap_or_default();
    match head {
        "list" | "List" | "Sequence" | "MutableSequence" | "tuple" | "Tuple" | "set" | "Set"
        | "frozenset" | "FrozenSet" | "Collection" | "dict" | "Dict" | "Mapping" | "QuerySet"
        | "AbstractSet" => Some(Again::AsIs),
        "Iterable" | "Any" => Some(Again::Listed),
        _ => None,
    }
}

/// Whether the project has a generator function of this name.
fn generates(code: &Code<'_>, name: &str) -> bool {
    let cx = code.cx;
    let own = |definitions: &python::Definitions| {
        definitions.functions.iter().any(|it| it.is_generator && it.name == name)
    };
    cx.architecture.modules.iter().any(|(_, info)| own(&python::query::definitions(cx.db, info.file)))
}
