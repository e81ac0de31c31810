//! The parts between brackets: parameters of a definition, arguments of a call. Read from the text, because the facts
//! have no positions of names, stars and slashes.

use source::Span;

/// The parts between two brackets. Offsets are bytes of the text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Bracketed {
    /// The offset of the opening bracket.
    pub(super) open: u32,
    /// The offset of the closing bracket.
    pub(super) close: u32,
    /// The parts between commas, without surrounding blanks and comments; empty parts included.
    pub(super) parts: Vec<Span>,
}

impl Bracketed {
    /// The contents of the first bracket at or after `from`. `None` if it is never closed.
    pub(super) fn after(text: &str, from: u32) -> Option<Self> {
        let open = from as usize + text.get(from as usize..)?.find('(')?;
        let bytes = text.as_bytes();
        let (mut depth, mut at) = (0_usize, open);
        let mut parts = Vec::new();
        let mut part: Option<(usize, usize)> = None;
        while at < bytes.len() {
            let mut end = at + 1;
            match bytes[at] {
                b'(' | b'[' | b'{' => depth += 1,
                b')' | b']' | b'}' => {
                    depth -= 1;
                    if depth == 0 {
                        parts.extend(part.map(|(start, end)| Span::new(start as u32, end as u32)));
                        return Some(Self { open: open as u32, close: at as u32, parts });
                    }
                }
                b',' if depth == 1 => {
                    let (start, stop) = part.take().unwrap_or((at, at));
                    parts.push(Span::new(start as u32, stop as u32));
                    at += 1;
                    continue;
                }
                b'#' => {
                    at += text[at..].find('\n').unwrap_or(text.len() - at);
                    continue;
                }
                b'"' | b'\'' => end = string_end(text, at)?,
                b' ' | b'\t' | b'\n' | b'\r' | b'\\' => {
                    at += 1;
                    continue;
                }
                _ => {}
            }
            if at != open {
                part = Some((part.map_or(at, |(start, _)| start), end));
            }
            at = end;
        }
        None
    }

    /// Whether the parts are on separate lines.
    pub(super) fn is_spread(&self, text: &str) -> bool {
        let between = self.parts.first().and_then(|first| text.get(self.open as usize..first.start as usize));
        between.is_some_and(|between| between.contains('\n'))
    }
}

/// The end of the string that starts at `at`. `None` if it has none.
fn string_end(text: &str, at: usize) -> Option<usize> {
    let rest = &text[at..];
    let quote = &rest[..1];
    let triple = quote.repeat(3);
    let (mark, mut from) = if rest.starts_with(&triple) { (triple.as_str(), 3) } else { (quote, 1) };
    loop {
        let next = rest.get(from..)?.find(['\\', quote.chars().next()?])? + from;
        if rest[next..].starts_with('\\') {
            from = next + 1 + rest[next + 1..].chars().next().map_or(0, char::len_utf8);
        } else if rest[next..].starts_with(mark) {
            return Some(at + next + mark.len());
        } else {
            from = next + 1;
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn parts(text: &str) -> Option<Vec<&str>> {
        let found = Bracketed::after(text, 0)?;
        Some(found.parts.iter().map(|part| &text[part.start as usize..part.end as usize]).collect())
    }

    #[test]
    fn table() {
        let cases: &[(&str, Option<&[&str]>)] = &[
            ("f()", Some(&[])),
            ("f(a)", Some(&["a"])),
            (
                "f(self, a: dict[str, int] = {1: 2}, *, b)",
                Some(&["self", "a: dict[str, int] = {1: 2}", "*", "b"]),
            ),
            ("f(a,\n  b,  # one, two\n)", Some(&["a", "b"])),
            ("f(\")\", ',', '''a'b''', \"\\\"\")", Some(&["\")\"", "','", "'''a'b'''", "\"\\\"\""])),
            ("f(g(a, b), c)", Some(&["g(a, b)", "c"])),
            ("f(a", None),
            ("f('a", None),
            ("f", None),
        ];
        for (text, expected) in cases {
            assert_eq!(parts(text).as_deref(), *expected, "{text}");
        }
    }

    #[test]
    fn lines_of_their_own() {
        for (text, expected) in [("f(a, b)", false), ("f(\n    a,\n    b,\n)", true), ("f(a,\n  b)", false)] {
            assert_eq!(Bracketed::after(text, 0).unwrap().is_spread(text), expected, "{text}");
        }
    }
}
