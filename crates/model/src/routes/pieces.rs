//! Composes paths from literals, constants, and parts that can only be shown as written.

use python::{Expr, ExprId, FStringPart, Literal};

use super::names::{Names, Place, Thing};

/// The maximum depth of constants and concatenations.
const MAX_DEPTH: usize = 12;

/// The text of an expression; computed parts are in braces as written.
pub(crate) fn text(names: &Names<'_>, place: Place) -> String {
    let mut out = String::new();
    write(names, place, 0, &mut out);
    out
}

/// The text of an expression, if all of it is known.
pub(crate) fn known(names: &Names<'_>, place: Place) -> Option<String> {
    let mut out = String::new();
    write(names, place, 0, &mut out).then_some(out)
}

/// Whether all of it is known.
fn write(names: &Names<'_>, place: Place, depth: usize, out: &mut String) -> bool {
    if depth < MAX_DEPTH {
        match names.expr(place) {
            Expr::Literal(Literal::Str(text)) => {
                out.push_str(&text);
                return true;
            }
            Expr::Literal(Literal::None) => return true,
            Expr::FString(parts) => {
                let mut is_known = true;
                for part in &parts {
                    match part {
                        FStringPart::Text(text) => out.push_str(text),
                        FStringPart::Value(value) | FStringPart::Repr(value) => {
                            is_known &= write(names, place.at(*value), depth + 1, out);
                        }
                    }
                }
                return is_known;
            }
            Expr::Binary { op, left, right } if op == "+" => {
                let left = write(names, place.at(left), depth + 1, out);
                return write(names, place.at(right), depth + 1, out) && left;
            }
            Expr::Name(_) | Expr::Attribute { .. } => {
                let mut inner = String::new();
                match names.resolve(place) {
                    Thing::Variable(_, Some(value))
                        if is_text(names, value) && write(names, value, depth + 1, &mut inner) =>
                    {
                        out.push_str(&inner);
                        return true;
                    }
                    // The values of these members are their names.
                    Thing::Foreign(full) => {
                        if let Some(method) = full.strip_prefix("http.HTTPMethod.") {
                            out.push_str(method.trim_end_matches(".value"));
                            return true;
                        }
                    }
                    _ => {}
                }
            }
            Expr::Call { callee, args } => {
                if let Some(inner) = called(names, place, callee, &args, depth) {
                    out.push_str(&inner);
                    return true;
                }
            }
            _ => {}
        }
    }
    out.push('{');
    out.push_str(&names.written(place));
    out.push('}');
    false
}

/// Calls that return their text unchanged: `_("orders/")`, `Field("/api")`, and `"{slug}/x".format(slug=SLUG)`.
fn called(
    names: &Names<'_>,
    place: Place,
    callee: ExprId,
    args: &[python::Arg],
    depth: usize,
) -> Option<String> {
    let name = match names.expr(place.at(callee)) {
        Expr::Name(name) => name,
        Expr::Attribute { value, name } if name == "format" => {
            return filled(names, place, place.at(value), args, depth);
        }
        _ => return None,
    };
    let value = match name.as_str() {
        "_" | "gettext_lazy" | "str" => args.first()?.value(),
        "Field" => args
            .iter()
            .find_map(|arg| match arg {
                python::Arg::Keyword(name, value) if name == "default" => Some(*value),
                _ => None,
            })
            .or_else(|| {
                args.first().filter(|arg| matches!(arg, python::Arg::Positional(_))).map(python::Arg::value)
            })?,
        _ => return None,
    };
    let mut out = String::new();
    write(names, place.at(value), depth + 1, &mut out).then_some(out)
}

/// A text with the arguments of `format` inserted, as far as they are known; other fields stay in braces.
fn filled(
    names: &Names<'_>,
    place: Place,
    template: Place,
    args: &[python::Arg],
    depth: usize,
) -> Option<String> {
    let mut out = String::new();
    if !write(names, template, depth + 1, &mut out) {
        return None;
    }
    for (index, arg) in args.iter().enumerate() {
        let mut value = String::new();
        if !write(names, place.at(arg.value()), depth + 1, &mut value) {
            continue;
        }
        out = match arg {
            python::Arg::Positional(_) => {
                out.replacen("{}", &value, 1).replace(&format!("{{{index}}}"), &value)
            }
            python::Arg::Keyword(name, _) => out.replace(&format!("{{{name}}}"), &value),
            python::Arg::Star(_) | python::Arg::DoubleStar(_) => out,
        };
    }
    Some(out)
}

fn is_text(names: &Names<'_>, place: Place) -> bool {
    matches!(
        names.expr(place),
        Expr::Literal(Literal::Str(_))
            | Expr::FString(_)
            | Expr::Binary { .. }
            | Expr::Name(_)
            | Expr::Attribute { .. }
            | Expr::Call { .. }
    )
}

/// Concatenates two paths as frameworks do that join plain text; a duplicate slash is merged.
pub(crate) fn join(prefix: &str, path: &str) -> String {
    match (prefix.strip_suffix('/'), path.starts_with('/')) {
        (Some(before), true) => format!("{before}{path}"),
        _ => format!("{prefix}{path}"),
    }
}

/// The path for display: with a leading slash, unless it begins with a computed part.
pub(crate) fn shown(path: &str) -> String {
    if path.starts_with('/') || path.starts_with('{') { path.to_owned() } else { format!("/{path}") }
}
