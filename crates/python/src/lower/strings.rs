//! String literals: plain, bytes, f-strings (PEP 701), t-strings (PEP 750), and several in a row.

use std::borrow::Cow;

use super::Lowering;
use super::kinds::Kind;
use crate::{Expr, FStringPart, Literal, Name};

/// Longer strings are truncated: no rule compares them, and a module full of data would otherwise retain them all.
const LONGEST_STRING: usize = 2048;

/// The kind of a literal, as far as the whole expression is concerned.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Flavour {
    Bytes,
    Plain,
    Formatted,
    Template,
}

/// A literal, split into its parts.
struct Written<'t> {
    flavour: Flavour,
    raw: bool,
    contents: &'t str,
}

impl Lowering<'_> {
    pub(super) fn string(&mut self) -> Expr {
        let written = split(self.walk.text());
        match written.flavour {
            Flavour::Bytes => Expr::Literal(Literal::Bytes),
            Flavour::Plain => Expr::Literal(Literal::Str(shortened(&decoded(written.contents, written.raw)))),
            Flavour::Formatted => {
                let mut parts = Vec::new();
                self.string_parts(&written, &mut parts);
                Expr::FString(parts.into())
            }
            Flavour::Template => {
                let mut parts = Vec::new();
                self.string_parts(&written, &mut parts);
                Expr::TString(parts.into())
            }
        }
    }

    pub(super) fn concatenated_string(&mut self) -> Expr {
        let mut flavour = Flavour::Bytes;
        let mut parts = Vec::new();
        self.each(|this, kind| {
            if kind == Kind::String {
                let written = split(this.walk.text());
                flavour = flavour.max(written.flavour);
                this.string_parts(&written, &mut parts);
            }
        });
        match flavour {
            Flavour::Bytes => Expr::Literal(Literal::Bytes),
            Flavour::Plain => {
                let mut whole = String::new();
                for part in &parts {
                    if let FStringPart::Text(text) = part {
                        whole.push_str(text);
                    }
                }
                Expr::Literal(Literal::Str(shortened(&whole)))
            }
            Flavour::Formatted => Expr::FString(parts.into()),
            Flavour::Template => Expr::TString(parts.into()),
        }
    }

    fn string_parts(&mut self, written: &Written<'_>, parts: &mut Vec<FStringPart>) {
        match written.flavour {
            Flavour::Bytes => {}
            Flavour::Plain => {
                parts.push(FStringPart::Text(shortened(&decoded(written.contents, written.raw))));
            }
            Flavour::Formatted | Flavour::Template => self.each(|this, kind| match kind {
                Kind::StringContent => {
                    let text = decoded(this.walk.text(), written.raw);
                    let text = text.replace("{{", "{").replace("}}", "}");
                    parts.push(FStringPart::Text(shortened(&text)));
                }
                Kind::Interpolation => this.interpolation(parts),
                _ => {}
            }),
        }
    }

    /// `{value!r:>{width}}`: the value, followed by the names in its format.
    fn interpolation(&mut self, parts: &mut Vec<FStringPart>) {
        let mut first = true;
        self.each(|this, kind| {
            if kind == Kind::FormatSpecifier {
                this.each(|this, kind| {
                    if kind == Kind::Interpolation {
                        let span = this.walk.span();
                        parts.push(FStringPart::Value(this.only_child(span)));
                    }
                });
            } else if std::mem::take(&mut first) {
                // `{x:=10}` is `x` in the format `=10`; an assignment would need parentheses.
                let span = this.walk.span();
                let value = if kind == Kind::Named { this.only_child(span) } else { this.expr() };
                parts.push(FStringPart::Value(value));
            } else if matches!(this.walk.text(), "!r" | "!a")
                && let Some(part) = parts.last_mut()
                && let FStringPart::Value(value) = *part
            {
                *part = FStringPart::Repr(value);
            }
        });
    }
}

/// Whether a literal is neither bytes nor formatted.
pub(super) fn is_plain_string(literal: &str) -> bool {
    split(literal).flavour == Flavour::Plain
}

fn split(text: &str) -> Written<'_> {
    let opening = text.find(['"', '\'']).unwrap_or(0);
    let (prefix, quoted) = text.split_at(opening);
    let mut flavour = Flavour::Plain;
    let mut raw = false;
    for letter in prefix.bytes() {
        match letter {
            b'b' | b'B' => flavour = Flavour::Bytes,
            b'f' | b'F' => flavour = Flavour::Formatted,
            b't' | b'T' => flavour = Flavour::Template,
            b'r' | b'R' => raw = true,
            _ => {}
        }
    }
    let quote = match quoted.get(..3) {
        Some(three @ ("\"\"\"" | "'''")) => three,
        _ => quoted.get(..1).unwrap_or_default(),
    };
    let contents = &quoted[quote.len()..];
    // An unterminated string has no closing quote to remove.
    Written { flavour, raw, contents: contents.strip_suffix(quote).unwrap_or(contents) }
}

/// The value of a string's contents. Escapes that need a table (`\N{...}`) or yield more than one character remain as
/// written.
fn decoded(contents: &str, raw: bool) -> Cow<'_, str> {
    if raw || !contents.contains('\\') {
        return Cow::Borrowed(contents);
    }
    let mut out = String::with_capacity(contents.len());
    let mut rest = contents;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        let after = &rest[at + 1..];
        let Some(escaped) = after.chars().next() else {
            rest = &rest[at..];
            break;
        };
        let (value, length) = match escaped {
            'n' => (Some('\n'), 1),
            't' => (Some('\t'), 1),
            'r' => (Some('\r'), 1),
            '\\' | '\'' | '"' => (Some(escaped), 1),
            '\n' => (None, 1),
            '\r' => (None, if after.starts_with("\r\n") { 2 } else { 1 }),
            'x' => coded(after, 2),
            'u' => coded(after, 4),
            'U' => coded(after, 8),
            '0' if !after[1..].starts_with(|next: char| next.is_digit(8)) => (Some('\0'), 1),
            _ => (Some('\\'), 0),
        };
        out.extend(value);
        rest = &after[length..];
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The character encoded by `\x41` and its longer variants, and the number of bytes after the backslash.
fn coded(after: &str, digits: usize) -> (Option<char>, usize) {
    let code =
        after.get(1..=digits).and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32);
    match code {
        Some(code) => (Some(code), digits + 1),
        None => (Some('\\'), 0),
    }
}

fn shortened(text: &str) -> Name {
    let mut end = text.len().min(LONGEST_STRING);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    Name::new(&text[..end])
}
