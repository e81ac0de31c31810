//! Splits a byte stream into messages (LSP 3.17, "Base Protocol").

use std::io::{self, BufRead, Read as _};

/// The next item of the stream.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Frame {
    /// The body of a message.
    Body(Vec<u8>),
    /// Bytes that are not a message were skipped, with the reason.
    Garbage(String),
    /// The input was closed.
    End,
}

/// A longer header block is invalid.
const MAX_HEADER: usize = 4096;

/// A longer message is rejected: reading it would fill the memory.
const MAX_BODY: usize = 1 << 30;

/// Reads the next message.
///
/// # Errors
/// Errors of the stream.
pub(super) fn next(input: &mut impl BufRead) -> io::Result<Frame> {
    let mut length = None;
    let mut seen = 0;
    loop {
        let Some(line) = line(input)? else { return Ok(Frame::End) };
        seen += line.len();
        let line = line.trim_ascii();
        if line.is_empty() {
            match length {
                Some(length) => return body(input, length),
                // Empty lines between messages are harmless.
                None if seen <= 2 => {
                    seen = 0;
                    continue;
                }
                None => return Ok(Frame::Garbage("a header without Content-Length".to_owned())),
            }
        }
        if let Some(value) = content_length(line) {
            match value.parse::<usize>() {
                Ok(value) if value <= MAX_BODY => length = Some(value),
                _ => return Ok(Frame::Garbage(format!("a Content-Length of `{value}`"))),
            }
        } else if !line.contains(&b':') {
            return Ok(Frame::Garbage("a header line without a colon".to_owned()));
        }
        if seen > MAX_HEADER {
            return Ok(Frame::Garbage("a header that does not end".to_owned()));
        }
    }
}

/// The value of a `Content-Length` in this line. It need not be at the start: after a length that was too short, the
/// rest of that message precedes the next header, and from there on the stream is in sync again.
fn content_length(line: &[u8]) -> Option<String> {
    const NAME: &[u8] = b"content-length:";
    let at = line.windows(NAME.len()).rposition(|window| window.eq_ignore_ascii_case(NAME))?;
    Some(String::from_utf8_lossy(line[at + NAME.len()..].trim_ascii()).into_owned())
}

/// The next line, limited to a header's length; `None` at the end.
fn line(input: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    let read = input.take(MAX_HEADER as u64).read_until(b'\n', &mut line)?;
    Ok((read > 0).then_some(line))
}

fn body(input: &mut impl BufRead, length: usize) -> io::Result<Frame> {
    let mut body = Vec::new();
    // Not preallocated: a wrong length costs no memory.
    let read = input.take(length as u64).read_to_end(&mut body)?;
    Ok(if read < length { Frame::End } else { Frame::Body(body) })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn all(mut input: &[u8]) -> Vec<String> {
        let mut out = Vec::new();
        loop {
            match next(&mut input).unwrap() {
                Frame::Body(body) => out.push(String::from_utf8(body).unwrap()),
                Frame::Garbage(reason) => out.push(format!("! {reason}")),
                Frame::End => return out,
            }
        }
    }

    #[test]
    fn table() {
        let cases: &[(&str, &[&str])] = &[
            ("", &[]),
            ("Content-Length: 2\r\n\r\n{}", &["{}"]),
            ("content-length:2\r\nContent-Type: x\r\n\r\n{}Content-Length: 1\n\n1", &["{}", "1"]),
            ("\r\n\r\nContent-Length: 2\r\n\r\n{}", &["{}"]),
            ("rubbish\r\nContent-Length: 2\r\n\r\n{}", &["! a header line without a colon", "{}"]),
            ("X: y\r\n\r\nContent-Length: 2\r\n\r\n{}", &["! a header without Content-Length", "{}"]),
            ("Content-Length: -1\r\nContent-Length: 2\r\n\r\n{}", &["! a Content-Length of `-1`", "{}"]),
            // One byte too few, followed by a correct message.
            (
                "Content-Length: 1\r\n\r\n{}Content-Length: 2\r\n\r\n{}Content-Length: 1\r\n\r\n1",
                &["{", "{}", "1"],
            ),
            ("Content-Length: 0\r\n\r\nContent-Length: 2\r\n\r\n{}", &["", "{}"]),
            ("Content-Length: 10\r\n\r\n{}", &[]),
        ];
        for (input, expected) in cases {
            assert_eq!(all(input.as_bytes()), *expected, "{input:?}");
        }
    }
}
