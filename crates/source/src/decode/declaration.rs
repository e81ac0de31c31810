//! The encoding that a source declares in a comment (PEP 263).

/// The declared name as written: in a comment of the first two lines, matching the PEP's expression
/// `^[ \t\f]*#.*?coding[:=][ \t]*([-_.a-zA-Z0-9]+)`. The second line counts only if the first is a comment or blank.
pub(crate) fn declared(bytes: &[u8]) -> Option<String> {
    let (first, rest) = split_line(bytes);
    let opening = significant(first);
    if let Some(comment) = opening.strip_prefix(b"#") {
        if let Some(name) = in_comment(comment) {
            return Some(name);
        }
    } else if !opening.is_empty() {
        return None;
    }
    let (second, _) = split_line(rest);
    in_comment(significant(second).strip_prefix(b"#")?)
}

/// Splits after the first line; `\n`, `\r\n` and `\r` end lines, as in Python's tokenizer.
fn split_line(bytes: &[u8]) -> (&[u8], &[u8]) {
    match bytes.iter().position(|byte| matches!(byte, b'\n' | b'\r')) {
        Some(at) if bytes[at..].starts_with(b"\r\n") => (&bytes[..at], &bytes[at + 2..]),
        Some(at) => (&bytes[..at], &bytes[at + 1..]),
        None => (bytes, &[]),
    }
}

/// Strips leading blanks.
fn significant(line: &[u8]) -> &[u8] {
    let start = line.iter().position(|byte| !b" \t\x0c".contains(byte)).unwrap_or(line.len());
    &line[start..]
}

fn in_comment(comment: &[u8]) -> Option<String> {
    const WORD: &[u8] = b"coding";
    comment.windows(WORD.len()).enumerate().filter(|(_, window)| *window == WORD).find_map(|(at, _)| {
        let after = comment[at + WORD.len()..]
            .strip_prefix(b":")
            .or_else(|| comment[at + WORD.len()..].strip_prefix(b"="))?;
        let start = after.iter().position(|byte| !b" \t".contains(byte))?;
        let name: String = after[start..]
            .iter()
            .take_while(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(byte))
            .map(|byte| char::from(*byte))
            .collect();
        (!name.is_empty()).then_some(name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table() {
        let cases: &[(&str, Option<&str>)] = &[
            ("# coding: latin-1", Some("latin-1")),
            ("# -*- coding: UTF-8 -*-\n", Some("UTF-8")),
            ("# vim: set fileencoding=cp1252 :", Some("cp1252")),
            ("#!/usr/bin/env python\r\n# coding=iso-8859-15\r\n", Some("iso-8859-15")),
            ("#!/usr/bin/env python\r# coding=koi8_r\r", Some("koi8_r")),
            ("\n# coding: ascii\n", Some("ascii")),
            (" \t\x0c # coding: ascii\n", Some("ascii")),
            ("# no coding here, coding: \t x.y\n", Some("x.y")),
            ("# encoding :utf-8", None),
            ("# coding:\n", None),
            ("#\n#\n# coding: ascii\n", None),
            ("import os\n# coding: ascii\n", None),
            ("x = 1 # coding: ascii\n", None),
            ("'''\n# coding: ascii\n'''", None),
            ("", None),
            ("coding: ascii", None),
        ];
        for (text, expected) in cases {
            assert_eq!(declared(text.as_bytes()).as_deref(), *expected, "{text:?}");
        }
    }
}
