//! Rewrites a file of one subject for another.

use std::collections::BTreeSet;

use camino::{Utf8Path, Utf8PathBuf};

use crate::spelling::{Setting, Subject, renamed};
use crate::token::{Kind, contents, tokens};

/// Names that have another meaning than the subject of the same name: members of built-in types and of libraries.
const LIBRARY: [&str; 12] = [
    "items",
    "order_by",
    "ordering",
    "tags",
    "groups",
    "permissions",
    "comment",
    "comments",
    "categories",
    "events",
    "tasks",
    "sessions",
];

/// The text of a file, renamed to `to`. `foreign` contains imported names that stay unchanged, the first segments of
/// distributions (with a dot), and modules of the project (with a colon).
pub(crate) fn text(text: &str, from: &Subject, to: &Subject, foreign: &BTreeSet<&str>) -> String {
    let all = tokens(text);
    let word = |at: usize| all.get(at).map_or("", |token| &text[token.span.clone()]);
    let (mut out, mut copied) = (String::with_capacity(text.len() + 64), 0);
    let (mut is_foreign, mut is_staying) = (false, false);
    for (index, token) in all.iter().enumerate() {
        let written = &text[token.span.clone()];
        let before = index.checked_sub(1).map_or("\n", word);
        if before == "\n" {
            // `from order_by import x`: the module of a distribution.
            let module: String = (index + 1..all.len())
                .map(word)
                .take_while(|word| !matches!(*word, "import" | "\n"))
                .collect();
            let module = format!("{}:", module.trim_start_matches('.'));
            is_foreign = written == "from" && foreign.contains(format!("{}.", word(index + 1)).as_str());
            is_staying = written == "from" && foreign.contains(module.as_str());
        }
        // The names imported from a project module are checked one by one.
        is_staying &= written != "import";
        let new = match token.kind {
            Kind::Name if is_foreign || is_staying || foreign.contains(written) => continue,
            Kind::Name if LIBRARY.contains(&written) && is_library(before, word(index + 1)) => continue,
            Kind::Name => renamed(written, from, to, Setting::Code),
            Kind::Text => {
                let inner = contents(written);
                let start = written.find(inner).unwrap_or_default();
                let is_formatted = written[..start].contains(['f', 'F', 't', 'T']);
                let new = if is_formatted {
                    formatted(inner, from, to, foreign)
                } else {
                    renamed(inner, from, to, Setting::Words)
                };
                format!("{}{new}{}", &written[..start], &written[start + inner.len()..])
            }
            Kind::Comment => renamed(written, from, to, Setting::Words),
            Kind::Number | Kind::Sign | Kind::LineEnd => continue,
        };
        out += &text[copied..token.span.start];
        out += &new;
        copied = token.span.end;
    }
    out + &text[copied..]
}

/// The inside of an f-string: text, and code between braces.
fn formatted(inner: &str, from: &Subject, to: &Subject, foreign: &BTreeSet<&str>) -> String {
    let (mut out, mut rest) = (String::new(), inner);
    while let Some(open) = rest.find('{') {
        let close = rest[open..].find('}').map_or(rest.len(), |length| open + length);
        out += &renamed(&rest[..open], from, to, Setting::Words);
        out += "{";
        out += &text(rest.get(open + 1..close).unwrap_or_default(), from, to, foreign);
        rest = &rest[close..];
    }
    out + &renamed(rest, from, to, Setting::Words)
}

/// `.items()`, `.order_by(...)`, `tags=[...]`.
fn is_library(before: &str, after: &str) -> bool {
    (before == "." && after == "(") || (matches!(before, "(" | ",") && after == "=")
}

/// The path of a file, renamed to `to`.
pub(crate) fn path(path: &Utf8Path, from: &Subject, to: &Subject) -> Utf8PathBuf {
    path.components().map(|part| renamed(part.as_str(), from, to, Setting::Code)).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn code_in_strings_is_code() {
        let (from, to) = (Subject::of("item").unwrap(), Subject::of("gift card").unwrap());
        let after = "f\"/gift-cards/{gift_card}/{gift_card.id}\"\n";
        assert_eq!(text("f\"/items/{item}/{item.id}\"\n", &from, &to, &BTreeSet::new()), after);
    }

    #[test]
    fn what_is_foreign_stays() {
        let (from, to) = (Subject::of("item").unwrap(), Subject::of("ticket").unwrap());
        let before = "from fastapi import Item as X, ItemX\nfrom app.items import Item\nfor k, v in d.items():\n    f(items=v, q=f\"{ItemX} {item.id} Item\")  # an item\n";
        let foreign = BTreeSet::from(["ItemX", "fastapi."]);
        let after = "from fastapi import Item as X, ItemX\nfrom app.tickets import Ticket\nfor k, v in d.items():\n    f(items=v, q=f\"{ItemX} {ticket.id} Ticket\")  # a ticket\n";
        assert_eq!(text(before, &from, &to, &foreign), after);
    }
}
