//! The tokens of a Python text with their byte ranges, as needed to copy statements and leave out parts of them.
//!
//! Only texts that parse get here, so there is no error handling: anything unknown becomes a one-character operator.

use std::ops::Range;

/// The kind of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A name or a keyword.
    Name,
    Number,
    /// Including prefix and quotes; an f-string is one token.
    Text,
    Comment,
    /// An operator or a bracket.
    Sign,
    /// The end of a line, except inside brackets.
    LineEnd,
}

/// A token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) kind: Kind,
    pub(crate) span: Range<usize>,
}

/// Multi-character operators that must not be split into shorter ones.
const LONG: [&str; 14] =
    ["**=", "//=", "...", ":=", "==", "!=", "<=", ">=", "->", "+=", "-=", "*=", "/=", "**"];

/// The tokens of a text, without white space and without line endings inside brackets.
pub(crate) fn tokens(text: &str) -> Vec<Token> {
    let (mut found, mut at, mut depth) = (Vec::new(), 0, 0_usize);
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let first = rest.chars().next().unwrap_or_default();
        let (kind, length) = match first {
            '\n' if depth == 0 => (Kind::LineEnd, 1),
            '\\' if rest.starts_with("\\\n") => {
                at += 2;
                continue;
            }
            _ if first.is_whitespace() => {
                at += first.len_utf8();
                continue;
            }
            '#' => (Kind::Comment, rest.find('\n').unwrap_or(rest.len())),
            '0'..='9' => {
                let part = |c: char| !(c.is_alphanumeric() || c == '_' || c == '.');
                (Kind::Number, rest.find(part).unwrap_or(rest.len()))
            }
            _ => match string_length(rest) {
                Some(length) => (Kind::Text, length),
                None if first.is_alphabetic() || first == '_' => {
                    let part = |c: char| !(c.is_alphanumeric() || c == '_');
                    (Kind::Name, rest.find(part).unwrap_or(rest.len()))
                }
                None => {
                    let long = LONG.iter().find(|long| rest.starts_with(**long)).map(|long| long.len());
                    (Kind::Sign, long.unwrap_or(first.len_utf8()))
                }
            },
        };
        match first {
            '(' | '[' | '{' if kind == Kind::Sign => depth += 1,
            ')' | ']' | '}' if kind == Kind::Sign => depth = depth.saturating_sub(1),
            _ => {}
        }
        found.push(Token { kind, span: at..at + length });
        at += length;
    }
    found
}

/// The length of the string at the start of a text.
fn string_length(text: &str) -> Option<usize> {
    let prefix = text.find(['"', '\'']).filter(|length| *length <= 2)?;
    if !text[..prefix].chars().all(|c| "rbfuRBFUtT".contains(c)) {
        return None;
    }
    let quote = &text[prefix..=prefix];
    let triple = quote.repeat(3);
    let close = if text[prefix..].starts_with(&triple) { triple.as_str() } else { quote };
    let mut at = prefix + close.len();
    loop {
        let rest = text.get(at..)?;
        if rest.starts_with(close) {
            return Some(at + close.len());
        }
        let first = rest.chars().next()?;
        if first == '\n' && close.len() == 1 {
            return None;
        }
        at += first.len_utf8();
        if first == '\\' {
            at += rest[1..].chars().next()?.len_utf8();
        }
    }
}

/// The text between the quotes of a string; all of it if it has no quotes.
pub(crate) fn contents(string: &str) -> &str {
    let inner = string.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    for quotes in ["\"\"\"", "'''", "\"", "'"] {
        let inside = inner.strip_prefix(quotes).and_then(|inner| inner.strip_suffix(quotes));
        if let Some(inside) = inside {
            return inside;
        }
    }
    string
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<&str> {
        tokens(text).into_iter().map(|token| &text[token.span]).collect()
    }

    #[test]
    fn brackets_join_lines() {
        assert_eq!(
            read("f(a,\n  b='x\\'')  # c\nr\"\"\"d\ne\"\"\"\n"),
            ["f", "(", "a", ",", "b", "=", "'x\\''", ")", "# c", "\n", "r\"\"\"d\ne\"\"\"", "\n"]
        );
        assert_eq!(read("x: int = 1_0.5 -> é != y"), ["x", ":", "int", "=", "1_0.5", "->", "é", "!=", "y"]);
    }

    #[test]
    fn no_text_panics() {
        for text in ["'", "\"\"\"", "f'é\\", "\\", "é'", "rb'é'", "(((", ")", "'\\"] {
            let _ = tokens(text);
        }
    }
}
