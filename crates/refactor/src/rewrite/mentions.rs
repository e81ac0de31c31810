//! The names in an annotation or another expression, as text, including those in strings that are types.

use python::{Arg, Body, Expr, ExprId, Literal, Stmt};
use source::Span;

/// Limit on nested strings.
const MAX_DEPTH: usize = 3;

/// A name in an expression, with the attributes that follow it: `a.b.C`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mention {
    /// As written.
    pub(crate) dotted: String,
    /// Its span in the text that was read.
    pub(crate) span: Span,
    /// The string that contains it, with its quotes.
    pub(crate) string: Option<Span>,
}

impl Mention {
    /// The name without its attributes.
    pub(crate) fn head(&self) -> &str {
        self.dotted.split('.').next().unwrap_or_default()
    }

    /// The span of the name without its attributes.
    pub(crate) fn head_span(&self) -> Span {
        Span::new(self.span.start, self.span.start + self.head().len() as u32)
    }
}

/// The names in an expression, in order, and its calls.
#[derive(Debug, Default)]
pub(crate) struct Mentions {
    /// The names.
    pub(crate) names: Vec<Mention>,
    /// Strings that are types, with their quotes.
    pub(crate) strings: Vec<Span>,
    /// Calls without arguments: the callee's name, and the span of the call.
    pub(crate) bare_calls: Vec<(String, Span)>,
}

/// Reads an expression; `None` if the text is not one. With `is_type`, strings are types except in `Literal[...]` and
/// after the type in `Annotated[...]`.
pub(crate) fn mentions(text: &str, is_type: bool) -> Option<Mentions> {
    let mut found = Mentions::default();
    read(text, 0, None, is_type, 0, &mut found)?;
    found.names.sort_by_key(|mention| mention.span.start);
    Some(found)
}

fn read(
    text: &str,
    base: u32,
    string: Option<Span>,
    is_type: bool,
    depth: usize,
    found: &mut Mentions,
) -> Option<()> {
    if text.trim().is_empty() {
        return None;
    }
    // Between parentheses an expression may span several lines.
    let whole = format!("({text}\n)");
    let tree = python::parse(&whole);
    if !tree.is_whole() {
        return None;
    }
    let module = python::lower(&whole, &tree);
    let body: &Body = module.bodies.list.first()?;
    let spans = module.spans.bodies.first()?;
    let [only] = &*body.root else { return None };
    let Stmt::Expr(root) = &body[*only] else { return None };
    let place = |id: ExprId| {
        let span = spans.exprs.get(id.0 as usize).copied().unwrap_or_default();
        Span::new((span.start + base).saturating_sub(1), (span.end + base).saturating_sub(1))
    };
    let mut open = vec![(*root, is_type)];
    while let Some((id, is_type)) = open.pop() {
        match &body[id] {
            Expr::Name(_) | Expr::Attribute { .. } => match body.exprs.dotted(id) {
                Some(dotted) => found.names.push(Mention { dotted, span: place(id), string }),
                None => body[id].for_each_child(|child| open.push((child, false))),
            },
            Expr::Literal(Literal::Str(_)) if is_type && depth < MAX_DEPTH => {
                let span = place(id);
                let written = text.get((span.start - base) as usize..(span.end - base) as usize)?;
                let inner = plain(written)?;
                found.strings.push(span);
                read(inner, span.start + 1, string.or(Some(span)), true, depth + 1, found)?;
            }
            Expr::Subscript { value, index } => {
                let last = body.exprs.dotted(*value);
                let last = last.as_deref().and_then(|dotted| dotted.rsplit('.').next());
                open.push((*value, is_type));
                match (last, &body[*index]) {
                    (Some("Literal"), _) => open.push((*index, false)),
                    (Some("Annotated"), Expr::Tuple(items)) => {
                        open.extend(items.iter().enumerate().map(|(at, item)| (*item, is_type && at == 0)));
                    }
                    _ => open.push((*index, is_type)),
                }
            }
            Expr::Call { callee, args } => {
                if let (Some(dotted), true) = (body.exprs.dotted(*callee), args.is_empty()) {
                    found.bare_calls.push((dotted, place(id)));
                }
                open.push((*callee, false));
                open.extend(args.iter().map(|arg: &Arg| (arg.value(), false)));
            }
            // Unreadable expressions, and those that bind their own names.
            Expr::Missing | Expr::Lambda { .. } | Expr::Comprehension { .. } | Expr::Walrus { .. } => {
                return None;
            }
            other => other.for_each_child(|child| open.push((child, is_type))),
        }
    }
    Some(())
}

/// The text between the quotes of a string without prefix, escapes and line breaks.
fn plain(written: &str) -> Option<&str> {
    let inner = ['"', '\''].iter().find_map(|quote| written.strip_prefix(*quote)?.strip_suffix(*quote))?;
    let is_plain = !inner.is_empty() && !inner.contains(['"', '\'', '\\', '\n']);
    is_plain.then_some(inner)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn names(text: &str) -> Option<Vec<String>> {
        let found = mentions(text, true)?;
        Some(
            found
                .names
                .iter()
                .map(|mention| {
                    let at = &text[mention.span.start as usize..mention.span.end as usize];
                    assert_eq!(at, mention.dotted, "{text}");
                    let quote = if mention.string.is_some() { "'" } else { "" };
                    format!("{quote}{}", mention.dotted)
                })
                .collect(),
        )
    }

    #[test]
    fn what_annotations_mention() {
        let cases: &[(&str, &[&str])] = &[
            ("int", &["int"]),
            ("None", &[]),
            ("list[Order] | None", &["list", "Order"]),
            ("\"Order\"", &["'Order"]),
            ("dict[str, 'list[db.Order]']", &["dict", "str", "'list", "'db.Order"]),
            ("Literal[\"Order\", 'x']", &["Literal"]),
            ("Annotated[Order, Depends(get), \"Text\"]", &["Annotated", "Order", "Depends", "get"]),
            ("t.Callable[[int], Order]", &["t.Callable", "int", "Order"]),
            ("Order\n    | None", &["Order"]),
            ("tuple[int, ...]", &["tuple", "int"]),
        ];
        for (text, expected) in cases {
            assert_eq!(names(text).unwrap(), *expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_expression() {
        for text in ["", "a b", "def", "\"a b\"", "lambda x: x", "[x for x in y]", "a = 1"] {
            assert_eq!(names(text), None, "{text}");
        }
    }

    #[test]
    fn calls_without_arguments() {
        let found = mentions("Annotated[Order, Depends(), Query(1)]", true).unwrap();
        assert_eq!(found.bare_calls.len(), 1);
        assert_eq!(found.bare_calls[0].0, "Depends");
    }
}
