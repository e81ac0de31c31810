//! Decodes bytes to text as Python reads its sources: a byte-order mark, else a declaration (PEP 263), else UTF-8.
//!
//! More lenient than Python: bytes that don't fit the encoding are decoded as Latin-1, in which every byte is a
//! character, so that analysis can continue; the reason is kept and can be reported once. A file that contains a NUL
//! byte near its start, or that is not UTF-8 and full of control characters, is not text.

mod codec;
mod declaration;

pub(crate) use codec::{Codec, Form};

use crate::Unreadable;

/// A NUL byte within this many bytes makes a file binary (the same criterion as git's).
const BINARY_PROBE: usize = 8 * 1024;

/// The result of decoding a file.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Decoded {
    pub(crate) text: String,
    /// The form in which to write the text back.
    pub(crate) form: Form,
    /// What was wrong; the text may still be present.
    pub(crate) unreadable: Option<Unreadable>,
}

/// Decodes the bytes of a file.
pub(crate) fn decode(bytes: Vec<u8>) -> Decoded {
    match byte_order_mark(&bytes) {
        Some((codec, length)) => {
            let form = Form { codec, byte_order_mark: true };
            match codec.decode(&bytes[length..]) {
                Some(text) => Decoded { text: text.into_owned(), form, unreadable: None },
                None => fall_back(&bytes[length..], codec.name()),
            }
        }
        None if bytes.iter().take(BINARY_PROBE).any(|byte| *byte == 0) => binary(),
        None => match declaration::declared(&bytes) {
            Some(name) => declared(bytes, &name),
            None => undeclared(bytes),
        },
    }
}

/// UTF-8 without a declaration, the usual case: the bytes become the text without a copy.
fn undeclared(bytes: Vec<u8>) -> Decoded {
    match String::from_utf8(bytes) {
        Ok(text) => Decoded { text, ..Decoded::default() },
        Err(error) => fall_back(error.as_bytes(), "utf-8"),
    }
}

/// An unknown encoding name is not reported as long as the bytes are UTF-8 (most such files are plain ASCII).
fn declared(bytes: Vec<u8>, name: &str) -> Decoded {
    match Codec::by_python_name(name) {
        Some(Codec::Utf8) => undeclared(bytes),
        Some(codec) => match codec.decode(&bytes) {
            Some(text) => Decoded {
                text: text.into_owned(),
                form: Form { codec, byte_order_mark: false },
                unreadable: None,
            },
            None => fall_back(&bytes, name),
        },
        None => match String::from_utf8(bytes) {
            Ok(text) => Decoded { text, ..Decoded::default() },
            Err(error) => fall_back(error.as_bytes(), name),
        },
    }
}

/// Every byte is a Latin-1 character, so this can't fail; but mostly control characters are not text.
fn fall_back(bytes: &[u8], expected: &str) -> Decoded {
    let controls = bytes.iter().filter(|byte| **byte < b' ' && !b"\t\n\r\x0c".contains(byte)).count();
    if controls * 10 > bytes.len() || bytes.iter().take(BINARY_PROBE).any(|byte| *byte == 0) {
        return binary();
    }
    Decoded {
        text: encoding_rs::mem::decode_latin1(bytes).into_owned(),
        form: Form { codec: Codec::Latin1, byte_order_mark: false },
        unreadable: Some(Unreadable::Encoding(expected.to_owned())),
    }
}

fn binary() -> Decoded {
    Decoded { unreadable: Some(Unreadable::Binary), ..Decoded::default() }
}

/// The encoding that a byte-order mark indicates, and the length of the mark. The mark of UTF-32, which Python does not
/// read, begins like that of UTF-16.
fn byte_order_mark(bytes: &[u8]) -> Option<(Codec, usize)> {
    match bytes {
        [0xef, 0xbb, 0xbf, ..] => Some((Codec::Utf8, 3)),
        [0xff, 0xfe, 0, 0, ..] => None,
        [0xff, 0xfe, ..] => Some((Codec::Utf16Le, 2)),
        [0xfe, 0xff, ..] => Some((Codec::Utf16Be, 2)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
        std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(unit).collect()
    }

    #[test]
    fn table() {
        let cases: &[(&str, &[u8], &str, Option<Unreadable>)] = &[
            ("empty", b"", "", None),
            ("ascii", b"x = 1\r\ny\r", "x = 1\r\ny\r", None),
            ("utf-8", "\u{e4} = '\u{1f600}'".as_bytes(), "\u{e4} = '\u{1f600}'", None),
            ("utf-8 with mark", b"\xef\xbb\xbfx = 1", "x = 1", None),
            ("mark alone", b"\xef\xbb\xbf", "", None),
            ("utf-16 le", &utf16("\u{e4}\u{1f600}", u16::to_le_bytes), "\u{e4}\u{1f600}", None),
            ("utf-16 be", &utf16("x = 1\n", u16::to_be_bytes), "x = 1\n", None),
            ("utf-32 le", b"\xff\xfe\0\0x\0\0\0", "", Some(Unreadable::Binary)),
            ("NUL", b"x = 1\0", "", Some(Unreadable::Binary)),
            ("declared latin-1", b"# coding: latin-1\n\xe4", "# coding: latin-1\n\u{e4}", None),
            ("C1 of latin-1", b"# coding: latin-1\n\x80", "# coding: latin-1\n\u{80}", None),
            ("declared cp1252", b"# coding: cp1252\n\x80", "# coding: cp1252\n\u{20ac}", None),
            (
                "declared in line 2",
                b"#!/bin/python\n# -*- coding: iso-8859-15 -*-\n\xa4",
                "#!/bin/python\n# -*- coding: iso-8859-15 -*-\n\u{20ac}",
                None,
            ),
            ("sjis", b"# coding=sjis\n\x82\xa0", "# coding=sjis\n\u{3042}", None),
            (
                "undeclared latin-1",
                b"# M\xfcller\nx = 1\n",
                "# M\u{fc}ller\nx = 1\n",
                Some(Unreadable::Encoding("utf-8".to_owned())),
            ),
            (
                "not what it declares",
                b"# coding: ascii\n\xfc",
                "# coding: ascii\n\u{fc}",
                Some(Unreadable::Encoding("ascii".to_owned())),
            ),
            ("unknown but fits utf-8", b"# coding: rot-13\nx", "# coding: rot-13\nx", None),
            (
                "unknown",
                b"# coding: cp437\n\x81",
                "# coding: cp437\n\u{81}",
                Some(Unreadable::Encoding("cp437".to_owned())),
            ),
            ("noise", b"\x01\x02\xff\xfe\x03\x04", "", Some(Unreadable::Binary)),
        ];
        for (name, bytes, text, unreadable) in cases {
            let decoded = decode(bytes.to_vec());
            assert_eq!(decoded.text, *text, "{name}");
            assert_eq!(decoded.unreadable, *unreadable, "{name}");
        }
    }

    #[test]
    fn late_nul_is_text() {
        let mut bytes = vec![b'#'; BINARY_PROBE];
        bytes.push(0);
        assert_eq!(decode(bytes).unreadable, None);
    }

    #[test]
    fn what_was_decoded_is_written_back_alike() {
        let files: &[&[u8]] = &[
            b"x = 1\n",
            b"\xef\xbb\xbfx = 1\n",
            "\u{e4}".as_bytes(),
            &utf16("\u{e4}\u{1f600}\r\n", u16::to_le_bytes),
            &utf16("x", u16::to_be_bytes),
            b"# coding: latin-1\n\xe4\x80",
            b"# coding: cp1252\n\x80",
            b"# M\xfcller\n",
            b"# coding=sjis\n\x82\xa0",
        ];
        for bytes in files {
            let decoded = decode(bytes.to_vec());
            assert_eq!(decoded.form.encode(&decoded.text).as_deref(), Some(*bytes));
        }
    }

    #[test]
    fn what_does_not_fit_is_not_written() {
        for bytes in [&b"# coding: latin-1\n"[..], b"# coding: cp1252\n", b"# coding: ascii\n"] {
            let decoded = decode(bytes.to_vec());
            assert_eq!(decoded.form.encode("\u{3042}"), None);
        }
    }

    proptest! {
        #[test]
        fn any_bytes_decode(bytes in proptest::collection::vec(any::<u8>(), 0..200), head in "(# coding: [a-z0-9-]{1,12}\n)?") {
            let whole: Vec<u8> = head.bytes().chain(bytes).collect();
            let decoded = decode(whole.clone());
            if decoded.unreadable.is_none() && decoded.form == Form::default() {
                prop_assert_eq!(decoded.text.as_bytes(), &whole);
            }
        }

        #[test]
        fn any_text_is_itself(text in "[^\0]{0,80}") {
            prop_assume!(!text.starts_with('\u{feff}') && declaration::declared(text.as_bytes()).is_none());
            prop_assert_eq!(decode(text.clone().into_bytes()).text, text);
        }
    }
}
