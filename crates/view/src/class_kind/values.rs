//! Whether a field holds a plain value, which can't be changed by other holders.

use model::{ClassRef, Head};
use python::{Expr, ExprId, Literal, Parameter, Scope};

use super::{ClassKind, Field, Subject};

/// Hand-written annotations are not nested deeper than this.
const MAX_DEPTH: usize = 16;

/// Value types of the standard library.
const PLAIN: &[&str] = &[
    "builtins.str",
    "builtins.int",
    "builtins.float",
    "builtins.bool",
    "builtins.bytes",
    "builtins.complex",
    "builtins.None",
    "decimal.Decimal",
    "fractions.Fraction",
    "datetime.date",
    "datetime.datetime",
    "datetime.time",
    "datetime.timedelta",
    "datetime.tzinfo",
    "datetime.timezone",
    "uuid.UUID",
    "zoneinfo.ZoneInfo",
    "ipaddress.IPv4Address",
    "ipaddress.IPv6Address",
];

/// Types that are plain if their arguments are.
const WRAPPERS: &[&str] = &[
    "typing.Optional",
    "typing.Union",
    "typing.Tuple",
    "typing.FrozenSet",
    "typing.Final",
    "typing.Annotated",
    "typing.Literal",
    "typing_extensions.Annotated",
    "typing_extensions.Literal",
    "builtins.tuple",
    "builtins.frozenset",
];

/// Whether an ordinary class is made of values alone: its constructor takes something, and of that nothing but values of
/// the standard library.
pub fn is_made_of_values(subject: &Subject<'_>) -> bool {
    let definitions = &*subject.definitions;
    let constructor =
        definitions.functions.iter().find(|it| it.scope == Scope::Class(subject.id) && it.name == "__init__");
    let Some(constructor) = constructor else { return false };
    let mut taken = constructor.parameters.iter().skip(1).peekable();
    let is_value = |parameter: &Parameter| {
        parameter.annotation.is_some_and(|annotation| is_of_standard(subject, annotation, 0))
    };
    taken.peek().is_some() && taken.all(is_value)
}

/// Whether an annotation names only what Python brings along.
fn is_of_standard(subject: &Subject<'_>, annotation: ExprId, depth: usize) -> bool {
    let exprs = &subject.definitions.exprs;
    let part = |part: &ExprId| depth < MAX_DEPTH && is_of_standard(subject, *part, depth + 1);
    match &exprs[annotation] {
        Expr::Literal(Literal::None) => true,
        Expr::Name(_) | Expr::Attribute { .. } => match head(subject, annotation) {
            Some(Head::Foreign(full)) => {
                let first = full.split('.').next().unwrap_or_default();
                first == "builtins" || model::is_standard(first)
            }
            _ => false,
        },
        Expr::Binary { left, right, .. } => part(left) && part(right),
        Expr::Subscript { value, index } => part(value) && part(index),
        Expr::Tuple(parts) => parts.iter().all(part),
        _ => false,
    }
}

/// Whether the field holds a plain value according to its annotation.
pub(crate) fn is_plain(subject: &Subject<'_>, field: &Field) -> bool {
    let Some(annotation) = field.annotation else { return false };
    if field.class == *subject.class {
        return annotated(subject, annotation, 0);
    }
    Subject::of(subject.db, subject.project, &field.class)
        .is_some_and(|owner| annotated(&owner, annotation, 0))
}

fn annotated(subject: &Subject<'_>, annotation: ExprId, depth: usize) -> bool {
    if depth > MAX_DEPTH {
        return false;
    }
    let definitions = &*subject.definitions;
    match &definitions[annotation] {
        Expr::Literal(Literal::None | Literal::Ellipsis) => true,
        Expr::Binary { op, left, right } if op == "|" => {
            annotated(subject, *left, depth + 1) && annotated(subject, *right, depth + 1)
        }
        Expr::Tuple(parts) => parts.iter().all(|part| annotated(subject, *part, depth + 1)),
        Expr::Subscript { value, index } => match head(subject, *value) {
            Some(Head::Foreign(full)) if full.ends_with(".Literal") => true,
            Some(Head::Foreign(full)) if full.ends_with(".Annotated") => match &definitions[*index] {
                Expr::Tuple(parts) => parts.first().is_some_and(|it| annotated(subject, *it, depth + 1)),
                _ => false,
            },
            Some(Head::Foreign(full)) if WRAPPERS.contains(&full.as_str()) => {
                annotated(subject, *index, depth + 1)
            }
            _ => false,
        },
        Expr::Name(_) | Expr::Attribute { .. } => match head(subject, annotation) {
            Some(Head::Foreign(full)) => PLAIN.contains(&full.as_str()),
            Some(Head::Class(class)) => is_value(subject, &class),
            _ => false,
        },
        _ => false,
    }
}

/// Whether a project class is itself an enumeration or a value object.
fn is_value(subject: &Subject<'_>, class: &ClassRef) -> bool {
    // Querying the class itself would be cyclic; so would two classes that hold each other.
    class != subject.class
        && matches!(
            crate::query::class_kind(subject.db, subject.project, class.clone()),
            ClassKind::Enum | ClassKind::ValueObject
        )
}

fn head(subject: &Subject<'_>, expr: ExprId) -> Option<Head> {
    let dotted = subject.definitions.exprs.dotted(expr)?;
    let (root, rest) = dotted.split_once('.').unwrap_or((&dotted, ""));
    let found = model::query::head(subject.db, subject.project, subject.class.module, root.into());
    match found {
        _ if rest.is_empty() => Some(found),
        Head::Foreign(full) => Some(Head::Foreign(format!("{full}.{rest}").into())),
        Head::Module(module) => Some(model::query::head_member(subject.db, subject.project, module, rest)),
        _ => None,
    }
}
