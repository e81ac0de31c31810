//! The position of a name in a type: whether a narrower type may replace it (PEP 484, "Covariance and contravariance").

use python::{Body, Expr, ExprId, Stmt};

use super::rewrite::{Carried, Meaning, Piece};

/// Generic types that only return what they contain.
const COVARIANT: [&str; 36] = [
    "AbstractAsyncContextManager",
    "AbstractContextManager",
    "AbstractSet",
    "Annotated",
    "AsyncContextManager",
    "AsyncGenerator",
    "AsyncIterable",
    "AsyncIterator",
    "Awaitable",
    "ClassVar",
    "Collection",
    "Container",
    "ContextManager",
    "Coroutine",
    "Final",
    "FrozenSet",
    "Generator",
    "ItemsView",
    "Iterable",
    "Iterator",
    "KeysView",
    "MappingView",
    "Optional",
    "ReadOnly",
    "Required",
    "Reversible",
    "Sequence",
    "Task",
    "Tuple",
    "Type",
    "Union",
    "ValuesView",
    "cached_property",
    "frozenset",
    "tuple",
    "type",
];

/// The position of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Position {
    /// An output: a narrower type fits.
    Out,
    /// An input: a wider type fits.
    In,
    /// Both: only the same type fits.
    Both,
}

impl Position {
    fn within(self, inner: Self) -> Self {
        match (self, inner) {
            (Self::Out, Self::Out) | (Self::In, Self::In) => Self::Out,
            (Self::Out, Self::In) | (Self::In, Self::Out) => Self::In,
            _ => Self::Both,
        }
    }
}

/// The placeholder for the class to be written, in a text that is only parsed.
const OWN: &str = "__own__";

/// Whether the class to be written may replace its name in a type at `place` of a member: an implementation may return
/// something narrower, and accept something wider.
pub(super) fn fits(carried: &Carried, place: Position) -> bool {
    let is_own = |meaning: &Meaning| matches!(meaning, Meaning::Own(_));
    if !carried.meanings().any(is_own) {
        return true;
    }
    let found = positions(carried, place);
    found.is_some_and(|found| found.iter().all(|(name, at)| name != OWN || *at == Position::Out))
}

/// The names of a type with their positions, if the whole type is at `place`. `None` if it can't be read.
pub(super) fn positions(carried: &Carried, place: Position) -> Option<Vec<(String, Position)>> {
    let text = text(carried);
    let whole = format!("({text}\n)");
    let tree = python::parse(&whole);
    if !tree.is_whole() {
        return None;
    }
    let module = python::lower(&whole, &tree);
    let body: &Body = module.bodies.list.first()?;
    let [only] = &*body.root else { return None };
    let Stmt::Expr(root) = &body[*only] else { return None };
    let mut found = Vec::new();
    let mut open = vec![(*root, place)];
    while let Some((id, place)) = open.pop() {
        match &body[id] {
            Expr::Name(name) => found.push((name.to_string(), place)),
            Expr::Subscript { value, index } => open.extend(arguments(body, *value, *index, place)),
            other => other.for_each_child(|child| open.push((child, place))),
        }
    }
    Some(found)
}

/// The arguments of a generic type with their positions.
fn arguments(body: &Body, generic: ExprId, index: ExprId, place: Position) -> Vec<(ExprId, Position)> {
    let dotted = body.exprs.dotted(generic).unwrap_or_default();
    let last = dotted.rsplit('.').next().unwrap_or_default();
    let items: Vec<ExprId> = match &body[index] {
        Expr::Tuple(items) => items.to_vec(),
        _ => vec![index],
    };
    let at = |position: usize| match last {
        "Callable" if position == 0 => place.within(Position::In),
        "Callable" => place,
        // A generator's send type is an input.
        "Generator" | "AsyncGenerator" if position == 1 => place.within(Position::In),
        "Mapping" if position == 1 => place,
        _ if COVARIANT.contains(&last) => place,
        _ => Position::Both,
    };
    items.into_iter().enumerate().map(|(position, item)| (item, at(position))).collect()
}

fn text(carried: &Carried) -> String {
    let mut text = String::new();
    for piece in &carried.0 {
        match piece {
            Piece::Text(part) => text.push_str(part),
            Piece::Name(Meaning::Own(_)) => text.push_str(OWN),
            Piece::Name(Meaning::TypeVariable { name, .. } | Meaning::Member { name, .. }) => {
                text.push_str(name);
            }
            Piece::Name(Meaning::Module { module, alias, .. }) => {
                text.push_str(alias.as_deref().or_else(|| module.split('.').next()).unwrap_or_default());
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn at(text: &str, name: &str) -> Vec<Position> {
        let carried = Carried(vec![Piece::Text(text.to_owned())]);
        let found = positions(&carried, Position::Out).unwrap();
        found.into_iter().filter(|(found, _)| found == name).map(|(_, place)| place).collect()
    }

    #[test]
    fn where_names_stand() {
        let cases = [
            ("T", Position::Out),
            ("T | None", Position::Out),
            ("Optional[T]", Position::Out),
            ("list[T]", Position::Both),
            ("dict[str, T]", Position::Both),
            ("Mapping[str, T]", Position::Out),
            ("Mapping[T, str]", Position::Both),
            ("collections.abc.Sequence[tuple[T, ...]]", Position::Out),
            ("Callable[[T], str]", Position::In),
            ("Callable[[str], T]", Position::Out),
            ("Callable[[Callable[[T], str]], int]", Position::Out),
            ("Generator[int, T, None]", Position::In),
            ("Iterator[list[T]]", Position::Both),
        ];
        for (text, expected) in cases {
            assert_eq!(at(text, "T"), [expected], "{text}");
        }
    }
}
