//! The meaning of an attribute's annotation: `Mapped[list["Order"]]`, `"Mapped[Order | None]"`,
//! `WriteOnlyMapped[Order]`.
//!
//! Annotations can be expressions, strings, or a mixture. All are converted to text and parsed as text.

use python::{Expr, ExprArena, ExprId, Literal, Name};

/// Annotations longer than this are ignored.
const LONGEST: usize = 1_000;
/// The maximum number of wrappers removed, and the maximum depth of expressions converted to text.
const DEEPEST: usize = 24;

/// Generic collection types.
const COLLECTIONS: &[&str] = &[
    "list",
    "List",
    "set",
    "Set",
    "frozenset",
    "FrozenSet",
    "tuple",
    "Tuple",
    "Sequence",
    "MutableSequence",
    "MutableSet",
    "AbstractSet",
    "Collection",
    "Iterable",
    "dict",
    "Dict",
    "Mapping",
    "MutableMapping",
    "OrderingList",
    "InstrumentedList",
    "InstrumentedSet",
    "MappedCollection",
    "KeyFuncDict",
    "Query",
    "AppenderQuery",
    "WriteOnlyCollection",
    "DefaultDict",
    "defaultdict",
    "OrderedDict",
    "deque",
];
/// Wrapper types around the actual type.
const WRAPPERS: &[&str] = &[
    "Mapped",
    "Optional",
    "Union",
    "Annotated",
    "ClassVar",
    "Final",
    "InitVar",
    "ForwardRef",
    "Required",
    "NotRequired",
    "Type",
    "RelationshipProperty",
    "SQLAMapped",
];

/// The meaning of an annotation.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Annotation {
    /// The class, as a dotted name.
    pub(super) class: Option<Name>,
    /// Whether it is a collection.
    pub(super) is_many: bool,
    /// Whether it is `Mapped` or a variant of it.
    pub(super) is_mapped: bool,
    /// Whether reading the attribute yields a query: `DynamicMapped`, `WriteOnlyMapped`.
    pub(super) is_dynamic: bool,
}

/// Reads the annotation `id`.
pub(super) fn read(exprs: &ExprArena, id: ExprId) -> Annotation {
    let mut text = String::new();
    write(exprs, id, &mut text, 0);
    if text.len() > LONGEST { Annotation::default() } else { parse(&text) }
}

fn write(exprs: &ExprArena, id: ExprId, out: &mut String, depth: usize) {
    if depth > DEEPEST || out.len() > LONGEST {
        return;
    }
    match &exprs[id] {
        Expr::Name(name) => out.push_str(name),
        Expr::Literal(Literal::Str(text)) => out.push_str(text),
        Expr::Literal(Literal::None) => out.push_str("None"),
        Expr::Attribute { value, name } => {
            write(exprs, *value, out, depth + 1);
            out.push('.');
            out.push_str(name);
        }
        Expr::Subscript { value, index } => {
            write(exprs, *value, out, depth + 1);
            out.push('[');
            write(exprs, *index, out, depth + 1);
            out.push(']');
        }
        Expr::Tuple(parts) | Expr::List(parts) => {
            for (index, part) in parts.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write(exprs, *part, out, depth + 1);
            }
        }
        Expr::Binary { left, right, .. } => {
            write(exprs, *left, out, depth + 1);
            out.push('|');
            write(exprs, *right, out, depth + 1);
        }
        _ => out.push('?'),
    }
}

fn parse(text: &str) -> Annotation {
    let mut read = Annotation::default();
    let mut at = text;
    for _ in 0..DEEPEST {
        at = at.trim_matches(|letter: char| letter.is_whitespace() || matches!(letter, '"' | '\''));
        let mut alternatives = split(at, '|').into_iter().filter(|part| !is_none(part));
        let (Some(only), None) = (alternatives.next(), alternatives.next()) else { return read };
        at = only.trim_matches(|letter: char| letter.is_whitespace() || matches!(letter, '"' | '\''));
        let Some((head, inner)) = at.strip_suffix(']').and_then(|rest| rest.split_once('[')) else {
            let is_bare = COLLECTIONS.contains(&last(at)) || WRAPPERS.contains(&last(at));
            let is_name =
                !at.is_empty() && at.chars().all(|it| it.is_alphanumeric() || matches!(it, '_' | '.'));
            read.is_many |= COLLECTIONS.contains(&last(at));
            read.class = (is_name && !is_bare).then(|| at.into());
            return read;
        };
        let mut parts = split(inner, ',').into_iter().filter(|part| !is_none(part));
        let name = last(head.trim());
        match name {
            "DynamicMapped" | "WriteOnlyMapped" => {
                (read.is_mapped, read.is_dynamic, read.is_many) = (true, true, true);
                at = parts.next().unwrap_or_default();
            }
            "Union" => {
                let (Some(only), None) = (parts.next(), parts.next()) else { return read };
                at = only;
            }
            _ if name.ends_with("Mapped") || WRAPPERS.contains(&name) => {
                read.is_mapped |= name.ends_with("Mapped");
                at = parts.next().unwrap_or_default();
            }
            _ if COLLECTIONS.contains(&name) => {
                read.is_many = true;
                at = parts.rfind(|part| part.trim() != "...").unwrap_or_default();
            }
            _ => {
                // A generic project class, or a custom collection.
                read.class = Some(head.trim().into());
                return read;
            }
        }
    }
    read
}

fn last(dotted: &str) -> &str {
    dotted.rsplit('.').next().unwrap_or_default()
}

fn is_none(part: &str) -> bool {
    matches!(part.trim_matches(|it: char| it.is_whitespace() || matches!(it, '"' | '\'')), "None" | "")
}

/// Splits a text at each `separator` outside of brackets.
fn split(text: &str, separator: char) -> Vec<&str> {
    let (mut depth, mut start, mut parts) = (0_usize, 0, Vec::new());
    for (at, letter) in text.char_indices() {
        match letter {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            _ if letter == separator && depth == 0 => {
                parts.push(&text[start..at]);
                start = at + letter.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Annotation, class, collection, mapped, dynamic.
    const ANNOTATIONS: &[(&str, Option<&str>, bool, bool, bool)] = &[
        ("Mapped[Order]", Some("Order"), false, true, false),
        ("Mapped[\"Order\"]", Some("Order"), false, true, false),
        ("Mapped[list[Order]]", Some("Order"), true, true, false),
        ("Mapped[List['models.Order']]", Some("models.Order"), true, true, false),
        ("so.Mapped[Optional[Order]]", Some("Order"), false, true, false),
        ("Mapped[Order | None]", Some("Order"), false, true, false),
        ("Mapped[None | 'Order']", Some("Order"), false, true, false),
        ("Mapped[Union[Order, None]]", Some("Order"), false, true, false),
        ("Mapped[Union[Order, Basket]]", None, false, true, false),
        ("Mapped[dict[str, Order]]", Some("Order"), true, true, false),
        ("orm.WriteOnlyMapped[Order]", Some("Order"), true, true, true),
        ("DynamicMapped['Order']", Some("Order"), true, true, true),
        ("list[Order]", Some("Order"), true, false, false),
        ("Order", Some("Order"), false, false, false),
        ("list", None, true, false, false),
        ("Mapped[Annotated[int, pk]]", Some("int"), false, true, false),
        ("Mapped[", None, false, false, false),
        ("", None, false, false, false),
    ];

    #[test]
    fn annotations_are_read() {
        for (text, class, is_many, is_mapped, is_dynamic) in ANNOTATIONS {
            let read = parse(text);
            let told = (read.class.as_deref(), read.is_many, read.is_mapped, read.is_dynamic);
            assert_eq!(told, (*class, *is_many, *is_mapped, *is_dynamic), "{text}");
        }
    }
}
