//! Renders expressions as text, close enough to the source to be recognized.

use python::{Arg, Expr, ExprArena, ExprId, FStringPart, Literal};

/// Parts nested deeper than this are omitted.
const MAX_DEPTH: usize = 12;
/// The maximum length of the text in bytes; it is shown in a report column.
const MAX_LENGTH: usize = 160;

/// The expression as text.
pub(super) fn written(exprs: &ExprArena, id: ExprId) -> String {
    let mut out = String::new();
    write(exprs, id, 0, &mut out);
    if out.len() > MAX_LENGTH {
        let end = (0..=MAX_LENGTH).rev().find(|end| out.is_char_boundary(*end)).unwrap_or_default();
        out.truncate(end);
        out.push('…');
    }
    out
}

fn write(exprs: &ExprArena, id: ExprId, depth: usize, out: &mut String) {
    if depth == MAX_DEPTH || out.len() > MAX_LENGTH {
        out.push('…');
        return;
    }
    let next = |id: ExprId, out: &mut String| write(exprs, id, depth + 1, out);
    let list = |ids: &[ExprId], out: &mut String| {
        for (index, id) in ids.iter().enumerate() {
            if index > 0 {
                out.push_str(", ");
            }
            next(*id, out);
        }
    };
    match &exprs[id] {
        Expr::Name(name) => out.push_str(name),
        Expr::Attribute { value, name } => {
            next(*value, out);
            out.push('.');
            out.push_str(name);
        }
        Expr::Call { callee, args } => {
            next(*callee, out);
            out.push('(');
            for (index, arg) in args.iter().enumerate() {
                if index > 0 {
                    out.push_str(", ");
                }
                match arg {
                    Arg::Positional(_) => {}
                    Arg::Keyword(name, _) => {
                        out.push_str(name);
                        out.push('=');
                    }
                    Arg::Star(_) => out.push('*'),
                    Arg::DoubleStar(_) => out.push_str("**"),
                }
                next(arg.value(), out);
            }
            out.push(')');
        }
        Expr::Subscript { value, index } => {
            next(*value, out);
            out.push('[');
            match &exprs[*index] {
                Expr::Tuple(elements) => list(elements, out),
                _ => next(*index, out),
            }
            out.push(']');
        }
        Expr::Literal(literal) => write_literal(literal, out),
        Expr::FString(parts) => {
            for part in parts {
                match part {
                    FStringPart::Text(text) => out.push_str(text),
                    FStringPart::Value(value) | FStringPart::Repr(value) => {
                        out.push('{');
                        next(*value, out);
                        out.push('}');
                    }
                }
            }
        }
        Expr::Tuple(elements) => bracketed('(', ')', elements, &list, out),
        Expr::List(elements) => bracketed('[', ']', elements, &list, out),
        Expr::Set(elements) => bracketed('{', '}', elements, &list, out),
        Expr::Binary { op, left, right } => {
            next(*left, out);
            out.push(' ');
            out.push_str(op);
            out.push(' ');
            next(*right, out);
        }
        Expr::Unary { op, operand } => {
            out.push_str(op);
            if op == "not" {
                out.push(' ');
            }
            next(*operand, out);
        }
        Expr::Bool { is_and, left, right } => {
            next(*left, out);
            out.push_str(if *is_and { " and " } else { " or " });
            next(*right, out);
        }
        Expr::Starred(value) => {
            out.push('*');
            next(*value, out);
        }
        Expr::Await(value) => next(*value, out),
        _ => out.push('…'),
    }
}

fn write_literal(literal: &Literal, out: &mut String) {
    match literal {
        Literal::None => out.push_str("None"),
        Literal::Bool(true) => out.push_str("True"),
        Literal::Bool(false) => out.push_str("False"),
        Literal::Int(value) => out.push_str(&value.to_string()),
        Literal::Number(text) => out.push_str(text),
        Literal::Str(text) => {
            out.push('"');
            out.push_str(text);
            out.push('"');
        }
        Literal::Bytes => out.push_str("b\"…\""),
        Literal::Ellipsis => out.push_str("..."),
    }
}

fn bracketed(
    open: char,
    close: char,
    elements: &[ExprId],
    list: &impl Fn(&[ExprId], &mut String),
    out: &mut String,
) {
    out.push(open);
    list(elements, out);
    out.push(close);
}
