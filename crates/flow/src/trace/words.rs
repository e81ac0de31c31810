//! Abbreviated source code.

use std::fmt::Write as _;

use python::{Body, Expr, ExprId, FStringPart, Literal};

/// The maximum length.
const MAX_LENGTH: usize = 60;

/// An expression in source form, truncated if it is long.
pub(super) fn words(body: &Body, expr: ExprId) -> String {
    shortened(written(body, expr, 0))
}

fn shortened(text: String) -> String {
    if text.chars().count() <= MAX_LENGTH {
        return text;
    }
    let mut text: String = text.chars().take(MAX_LENGTH - 1).collect();
    text.push('…');
    text
}

/// As [`words`], of the opposite: `order is None` for `order is not None`.
pub(super) fn negated(body: &Body, expr: ExprId) -> String {
    match &body[expr] {
        Expr::Unary { op, operand } if op == "not" => words(body, *operand),
        Expr::Name(_) | Expr::Attribute { .. } | Expr::Call { .. } | Expr::Subscript { .. } => {
            format!("not {}", words(body, expr))
        }
        Expr::Compare { first, rest } => {
            let opposite = if let [(op, other)] = &rest[..] { opposite(op).zip(Some(*other)) } else { None };
            match opposite {
                Some((op, other)) => {
                    shortened(format!("{} {op} {}", written(body, *first, 0), written(body, other, 0)))
                }
                None => format!("not ({})", words(body, expr)),
            }
        }
        _ => format!("not ({})", words(body, expr)),
    }
}

/// The comparison that holds where this one doesn't. `<` has none: of dates that are missing, neither it nor `>=` holds.
fn opposite(op: &str) -> Option<&'static str> {
    Some(match op {
        "is" => "is not",
        "is not" => "is",
        "in" => "not in",
        "not in" => "in",
        "==" => "!=",
        "!=" => "==",
        _ => return None,
    })
}

fn written(body: &Body, expr: ExprId, depth: usize) -> String {
    if depth > 8 {
        return "…".to_owned();
    }
    let inner = |id: ExprId| written(body, id, depth + 1);
    let listed = |ids: &[ExprId]| ids.iter().map(|id| inner(*id)).collect::<Vec<_>>().join(", ");
    match &body[expr] {
        Expr::Name(name) => name.to_string(),
        Expr::Attribute { value, name } => format!("{}.{name}", inner(*value)),
        Expr::Call { callee, args } => {
            let args: Vec<String> = args.iter().map(|arg| inner(arg.value())).collect();
            format!("{}({})", inner(*callee), args.join(", "))
        }
        Expr::Subscript { value, index } => format!("{}[{}]", inner(*value), inner(*index)),
        Expr::Await(value) | Expr::Walrus { value, .. } => inner(*value),
        Expr::Literal(literal) => match literal {
            Literal::None => "None".to_owned(),
            Literal::Bool(true) => "True".to_owned(),
            Literal::Bool(false) => "False".to_owned(),
            Literal::Int(number) => number.to_string(),
            Literal::Number(text) => text.to_string(),
            Literal::Str(text) => format!("'{text}'"),
            Literal::Bytes | Literal::Ellipsis => "…".to_owned(),
        },
        Expr::FString(parts) | Expr::TString(parts) => {
            let parts: String = parts
                .iter()
                .map(|part| match part {
                    FStringPart::Text(text) => text.to_string(),
                    FStringPart::Value(value) | FStringPart::Repr(value) => format!("{{{}}}", inner(*value)),
                })
                .collect();
            format!("'{parts}'")
        }
        Expr::Tuple(items) => format!("({})", listed(items)),
        Expr::List(items) => format!("[{}]", listed(items)),
        Expr::Binary { op, left, right } => format!("{} {op} {}", inner(*left), inner(*right)),
        Expr::Unary { op, operand } if op == "not" => format!("not {}", inner(*operand)),
        Expr::Unary { op, operand } => format!("{op}{}", inner(*operand)),
        Expr::Bool { is_and, left, right } => {
            format!("{} {} {}", inner(*left), if *is_and { "and" } else { "or" }, inner(*right))
        }
        Expr::Compare { first, rest } => {
            let mut text = inner(*first);
            for (op, right) in rest {
                let _ = write!(text, " {op} {}", inner(*right));
            }
            text
        }
        Expr::Starred(value) => format!("*{}", inner(*value)),
        _ => "…".to_owned(),
    }
}

/// Whether entering the result of this library function begins a transaction.
pub(super) fn is_transaction(full_name: &str) -> bool {
    let last = full_name.rsplit('.').next().unwrap_or_default();
    matches!(last, "atomic" | "begin" | "begin_nested" | "in_transaction" | "transaction")
}

/// Whether a call on an unknown value is a method of strings, lists, dictionaries, sets or dates. Such calls do nothing
/// that a trace would show.
pub(super) fn is_of_data(body: &Body, callee: ExprId) -> bool {
    let Expr::Attribute { name, .. } = &body[callee] else { return false };
    DATA_METHODS.binary_search(&name.as_str()).is_ok()
}

/// Methods of strings, lists, dictionaries, sets and dates.
#[rustfmt::skip]
const DATA_METHODS: &[&str] = &[
    "append", "capitalize", "casefold", "clear", "copy", "count", "date", "decode", "difference", "discard", "encode",
    "endswith", "extend", "find", "format", "get", "group", "groups", "index", "insert", "intersection", "isdigit",
    "isoformat", "items", "join", "keys", "lower", "lstrip", "partition", "pop", "quantize", "removeprefix",
    "removesuffix", "replace", "reverse", "rfind", "rpartition", "rsplit", "rstrip", "setdefault", "sort", "split",
    "splitlines", "startswith", "strftime", "strip", "timestamp", "title", "total_seconds", "union", "update", "upper",
    "values", "zfill",
];
