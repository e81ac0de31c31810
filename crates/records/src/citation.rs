//! Mentions of records in any text: `ADR-0012`, `ADR 12`, `20260807-use-an-outbox`.

use std::ops::Range;

use crate::name::Id;

/// A mention of a record in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// The record mentioned.
    pub record: Cited,
    /// Its position in the text.
    pub span: Range<usize>,
}

/// How a record is identified in a mention.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cited {
    /// By its number.
    Number(u32),
    /// By its file name without `.md`.
    Name(String),
}

impl Cited {
    /// Whether this refers to a record with the given id.
    pub fn is(&self, id: &Id) -> bool {
        match (self, id) {
            (Cited::Number(cited), Id::Number(number)) => cited == number,
            (Cited::Name(cited), Id::Dated(name)) => cited == name,
            _ => false,
        }
    }
}

/// The records mentioned in a text, in order.
pub fn citations(text: &str) -> Vec<Citation> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(word) = word_from(text, at) {
        at = word.end;
        let it = &text[word.clone()];
        if let Some((record, length)) = numbered(it, &text[word.start..]) {
            at = word.start + length;
            found.push(Citation { record, span: word.start..at });
        } else if is_dated(it) {
            found.push(Citation { record: Cited::Name(it.to_owned()), span: word });
        }
    }
    found
}

/// The next run of letters, digits and `-_` at or after an offset.
fn word_from(text: &str, from: usize) -> Option<Range<usize>> {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    let start = from + text.get(from..)?.find(is_part)?;
    let length = text[start..].find(|c| !is_part(c)).unwrap_or(text.len() - start);
    Some(start..start + length)
}

/// Parses `ADR-12`, `ADR12` or `ADR 12` and returns the length in bytes; `ADR-12a` doesn't count.
fn numbered(word: &str, rest: &str) -> Option<(Cited, usize)> {
    let lead = word.get(..3)?;
    if lead != "ADR" && lead != "adr" {
        return None;
    }
    let mut length = 3;
    if rest[length..].starts_with(['-', '_', ' ', '#']) {
        length += 1;
    }
    let digits = rest[length..].find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len() - length);
    let number = rest[length..length + digits].parse().ok()?;
    length += digits;
    // A continuing file name isn't a mention, since links are handled separately. A `-` may end a clause.
    let next = rest[length..].chars().next();
    let after = rest[length..].chars().nth(1);
    let goes_on = next.is_some_and(|c| c.is_alphanumeric() || c == '_')
        || (next == Some('-') && after.is_some_and(char::is_alphanumeric));
    (!goes_on && digits <= 5).then_some((Cited::Number(number), length))
}

/// Whether a word consists of a date and a name.
fn is_dated(word: &str) -> bool {
    let bytes = word.as_bytes();
    bytes.len() > 10
        && bytes.starts_with(b"20")
        && bytes[..8].iter().all(u8::is_ascii_digit)
        && bytes[8] == b'-'
        && bytes[9].is_ascii_alphabetic()
}

/// The words in backticks that directly follow `word`, each with its position: the name in *rule `layer-violation`*.
pub fn named_after<'a>(text: &'a str, word: &str) -> Vec<(&'a str, usize)> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices(word) {
        let before = text[..at].chars().next_back();
        let rest = &text[at + word.len()..];
        let (false, Some(rest)) = (before.is_some_and(char::is_alphanumeric), rest.strip_prefix(" `")) else {
            continue;
        };
        if let Some((name, _)) = rest.split_once('`').filter(|(name, _)| !name.contains('\n')) {
            found.push((name, text.len() - rest.len()));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cited(text: &str) -> Vec<&str> {
        citations(text).into_iter().map(|citation| &text[citation.span]).collect()
    }

    #[test]
    fn records_are_named_in_prose() {
        assert_eq!(cited("see ADR-0012, adr 7 and ADR7."), ["ADR-0012", "adr 7", "ADR7"]);
        assert_eq!(cited("20260807-use-an-outbox is older"), ["20260807-use-an-outbox"]);
        assert_eq!(cited("kept by ADR-0012 - for now"), ["ADR-0012"]);
        assert_eq!(
            cited("ADRs, ADR-x, QUADR-12, ADR-12a, adr-0007-use-x.md, 20260807, é"),
            Vec::<&str>::new()
        );
    }

    #[test]
    fn names_in_backticks() {
        let text = "Guarded by rule `n-plus-one` and contract `pure domain`; overrule `x`, rules `y`.";
        assert_eq!(
            named_after(text, "rule").iter().map(|(name, _)| *name).collect::<Vec<_>>(),
            ["n-plus-one"]
        );
        assert_eq!(named_after(text, "contract"), [("pure domain", 43)]);
    }
}
