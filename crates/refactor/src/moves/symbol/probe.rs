//! Which of some names a text uses without binding them, by Python's scoping.
//!
//! The text is analysed as if a line above it imported the names: the facts then show where each is used. That uses the
//! same scoping as all other analysis, and works for texts that aren't in any file.

use python::{Name, UseContext};

/// One use of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Use {
    pub(super) name: Name,
    pub(super) context: UseContext,
    /// Whether it is evaluated at import time: outside functions.
    pub(super) at_import: bool,
    /// Its start; bytes of the text.
    pub(super) start: u32,
    /// Whether it is within a string.
    pub(super) is_quoted: bool,
}

/// The uses of `names` in `text`, in order.
pub(super) fn uses<'n>(text: &str, names: impl IntoIterator<Item = &'n str>) -> Vec<Use> {
    let names: Vec<&str> = names.into_iter().collect();
    if names.is_empty() {
        return Vec::new();
    }
    let head = format!("from _ import {}\n", names.join(", "));
    let whole = format!("{head}{text}");
    let module = python::lower(&whole, &python::parse(&whole));
    let offset = head.len() as u32;
    module
        .uses
        .iter()
        .filter_map(|name_use| {
            let name = names.get(name_use.import.0 as usize)?;
            let start = name_use.span.start.checked_sub(offset)?;
            let is_quoted =
                name_use.context == UseContext::Annotation && is_in_string(&module, name_use.span);
            Some(Use {
                name: (*name).into(),
                context: name_use.context,
                at_import: name_use.function.is_none(),
                start,
                is_quoted,
            })
        })
        .collect()
}

/// Whether a position is within a string literal.
fn is_in_string(module: &python::Module, span: source::Span) -> bool {
    let is_string = |expr: &python::Expr| matches!(expr, python::Expr::Literal(python::Literal::Str(_)));
    let bodies = module.bodies.list.iter().zip(&module.spans.bodies);
    let arenas = bodies.map(|(body, spans)| (&body.exprs, &*spans.exprs));
    arenas.chain(std::iter::once((&module.definitions.exprs, &*module.spans.signatures))).any(
        |(exprs, spans)| {
            exprs.list.iter().zip(spans).any(|(expr, around)| is_string(expr) && around.contains(span))
        },
    )
}

/// Whether the annotations of a module are kept as strings (PEP 563).
pub(super) fn defers_annotations(imports: &python::Imports) -> bool {
    imports
        .list
        .iter()
        .any(|import| import.module == "__future__" && import.name.as_deref() == Some("annotations"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Text, names requested, names used (`*` at import time, `:` in an annotation).
    const CASES: &[(&str, &[&str], &str)] = &[
        ("def f():\n    return helper()\n", &["helper", "other"], "helper"),
        ("def f(helper):\n    return helper\n", &["helper"], ""),
        (
            "@helper\ndef f(x: Order = LIMIT) -> None: ...\n",
            &["helper", "Order", "LIMIT"],
            "*helper *:Order *LIMIT",
        ),
        ("class A(Base):\n    x: 'Order'\n", &["Base", "Order"], "*Base *:Order"),
        ("A = [helper for helper in ROWS]\n", &["helper", "ROWS"], "*ROWS"),
    ];

    #[test]
    fn names_are_found_by_scope() {
        for (text, names, expected) in CASES {
            let found: Vec<String> = uses(text, names.iter().copied())
                .iter()
                .map(|it| {
                    let time = if it.at_import { "*" } else { "" };
                    let role = if it.context == UseContext::Annotation { ":" } else { "" };
                    format!("{time}{role}{}", it.name)
                })
                .collect();
            assert_eq!(found.join(" "), *expected, "{text}");
        }
    }
}
