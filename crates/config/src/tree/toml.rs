//! Converts TOML to the tree.
//!
//! The parser limits the depth (to a few hundred levels), so recursion over its result is safe.

use source::Span;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Entry, Node, Table, Value};

/// Parses a document. If it is invalid, returns the first error with its position; the table then contains what the
/// parser recovered, which may differ from what was intended.
pub(crate) fn parse(text: &str) -> (Table, Option<(Span, String)>) {
    let (table, errors) = DeTable::parse_recoverable(text);
    let error = errors.first().map(|error| {
        let range = error.span().unwrap_or(0..0);
        (widen(text, range), format!("not valid TOML: {}", error.message()))
    });
    (self::table(table.get_ref(), Span::new(0, 0)), error)
}

/// An editor can't underline an empty range, so it is extended to the last visible character before it.
fn widen(text: &str, range: std::ops::Range<usize>) -> Span {
    let end = boundary(text, range.end);
    let start = boundary(text, range.start.min(end));
    if start < end {
        return span(start..end);
    }
    match text[..end].trim_end().char_indices().next_back() {
        Some((at, last)) => span(at..at + last.len_utf8()),
        None => span(0..text.chars().next().map_or(0, char::len_utf8)),
    }
}

/// The last character boundary at or before `offset`.
fn boundary(text: &str, offset: usize) -> usize {
    (0..=offset.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

fn span(range: std::ops::Range<usize>) -> Span {
    Span::new(range.start as u32, range.end as u32)
}

fn table(table: &DeTable<'_>, at: Span) -> Table {
    let mut entries: Vec<Entry> = table
        .iter()
        .map(|(key, value)| Entry {
            key: key.get_ref().to_string(),
            key_span: span(key.span()),
            node: node(value),
        })
        .collect();
    entries.sort_by_key(|entry| entry.key_span);
    Table { entries, span: at }
}

fn node(value: &Spanned<DeValue<'_>>) -> Node {
    let at = span(value.span());
    let value = match value.get_ref() {
        DeValue::String(text) => Value::String(text.to_string()),
        // Numbers that don't fit are useless here; they only keep their kind for the message.
        DeValue::Integer(number) => {
            Value::Integer(i64::from_str_radix(number.as_str(), number.radix()).unwrap_or(i64::MAX))
        }
        DeValue::Float(number) => Value::Float(number.as_str().parse().unwrap_or(f64::NAN)),
        DeValue::Boolean(switch) => Value::Boolean(*switch),
        DeValue::Datetime(date) => Value::Datetime(*date),
        DeValue::Array(items) => Value::Array(items.iter().map(node).collect()),
        DeValue::Table(inner) => Value::Table(table(inner, at)),
    };
    Node { value, span: at }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deep_nesting_is_an_error_and_no_overflow() {
        for text in [
            format!("a = {}", "[".repeat(10_000)),
            format!("a = {}1{}", "{a=".repeat(10_000), "}".repeat(10_000)),
            format!("[{}]", vec!["a"; 10_000].join(".")),
        ] {
            assert!(parse(&text).1.is_some());
        }
    }

    #[test]
    fn order_of_the_file_is_kept() {
        let (table, error) = parse("b = 1\na = 2\n[z]\n[c]\n");
        assert_eq!(error, None);
        assert_eq!(table.entries.iter().map(|entry| entry.key.as_str()).collect::<String>(), "bazc");
    }

    #[test]
    fn an_error_at_nothing_is_widened() {
        let (_, error) = parse("a = [1,\n\u{e9}");
        let (span, _) = error.unwrap_or_default();
        assert!(!span.is_empty());
        assert_eq!(parse("a =").1.map(|(span, _)| span), Some(Span::new(2, 3)));
    }
}
