//! The encodings of Python sources, by Python's names for them.

use std::borrow::Cow;

use encoding_rs::Encoding;

/// An encoding.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Codec {
    #[default]
    Utf8,
    Utf16Le,
    Utf16Be,
    /// The true ISO 8859-1, all 256 bytes; the web's "latin1" is windows-1252.
    Latin1,
    /// Strict, like Python's `ascii`.
    Ascii,
    Named(&'static Encoding),
}

/// How a text was encoded on disk, so that it can be written back in the same form.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Form {
    pub(crate) codec: Codec,
    pub(crate) byte_order_mark: bool,
}

impl Codec {
    /// The encoding that Python calls `name` (module `encodings.aliases`; case and `_` for `-` are ignored). `None` for
    /// codecs that only Python has (`cp437`, `rot13`) and for those that no source can use (`utf-16` without a mark).
    pub(crate) fn by_python_name(name: &str) -> Option<Codec> {
        let name = name.to_ascii_lowercase().replace('_', "-");
        // The tokenizer itself cuts these two off at the next dash; `utf-8-unix` and `latin-1-dos` come from Emacs.
        if name == "utf-8" || name.starts_with("utf-8-") {
            return Some(Codec::Utf8);
        }
        for latin in ["latin-1", "iso-8859-1", "iso-latin-1"] {
            if name.strip_prefix(latin).is_some_and(|rest| rest.is_empty() || rest.starts_with('-')) {
                return Some(Codec::Latin1);
            }
        }
        let label = match name.as_str() {
            "utf8" | "u8" | "utf" | "cp65001" => return Some(Codec::Utf8),
            "latin" | "latin1" | "l1" | "8859" | "cp819" | "iso8859" | "iso8859-1" | "ibm819" => {
                return Some(Codec::Latin1);
            }
            "ascii" | "us-ascii" | "us" | "646" => return Some(Codec::Ascii),
            "1250" => "windows-1250",
            "1251" => "windows-1251",
            "1252" => "windows-1252",
            "cp1250" | "cp1251" | "cp1252" | "cp1253" | "cp1254" | "cp1255" | "cp1256" | "cp1257"
            | "cp1258" | "cp866" => name.as_str(),
            "latin-2" => "iso-8859-2",
            "latin-3" => "iso-8859-3",
            "latin-4" => "iso-8859-4",
            "latin-5" | "latin5" => "iso-8859-9",
            "latin-6" | "latin6" => "iso-8859-10",
            "latin-7" | "latin7" | "l7" => "iso-8859-13",
            "latin-8" | "latin8" | "l8" => "iso-8859-14",
            "latin-9" | "latin9" => "iso-8859-15",
            "latin-10" | "latin10" | "l10" => "iso-8859-16",
            "sjis" | "s-jis" | "shift-jis" | "cp932" | "932" | "ms932" | "mskanji" => "shift_jis",
            "eucjp" | "ujis" | "u-jis" => "euc-jp",
            "euckr" | "cp949" | "949" | "ms949" | "uhc" => "euc-kr",
            "euc-cn" | "euccn" | "eucgb2312-cn" | "cp936" | "936" | "ms936" => "gbk",
            "cp950" | "950" | "ms950" | "big5-tw" => "big5",
            "cp874" => "windows-874",
            "mac-roman" | "macroman" => "macintosh",
            "mac-cyrillic" | "maccyrillic" => "x-mac-cyrillic",
            other => other,
        };
        let encoding = Encoding::for_label_no_replacement(label.as_bytes())?;
        // Not a superset of ASCII (UTF-16), or unknown to Python (x-user-defined): Python could not read the source.
        (encoding.is_ascii_compatible() && encoding != encoding_rs::X_USER_DEFINED)
            .then(|| if encoding == encoding_rs::UTF_8 { Codec::Utf8 } else { Codec::Named(encoding) })
    }

    /// The display name.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Codec::Utf8 => "utf-8",
            Codec::Utf16Le | Codec::Utf16Be => "utf-16",
            Codec::Latin1 => "latin-1",
            Codec::Ascii => "ascii",
            Codec::Named(encoding) => encoding.name(),
        }
    }

    /// Decodes the text, without looking for a mark. `None` if the bytes don't fit.
    pub(crate) fn decode(self, bytes: &[u8]) -> Option<Cow<'_, str>> {
        match self {
            Codec::Utf8 => std::str::from_utf8(bytes).ok().map(Cow::Borrowed),
            Codec::Ascii => bytes.is_ascii().then(|| encoding_rs::mem::decode_latin1(bytes)),
            Codec::Latin1 => Some(encoding_rs::mem::decode_latin1(bytes)),
            Codec::Utf16Le => {
                encoding_rs::UTF_16LE.decode_without_bom_handling_and_without_replacement(bytes)
            }
            Codec::Utf16Be => {
                encoding_rs::UTF_16BE.decode_without_bom_handling_and_without_replacement(bytes)
            }
            Codec::Named(encoding) => encoding.decode_without_bom_handling_and_without_replacement(bytes),
        }
    }

    fn encode(self, text: &str) -> Option<Vec<u8>> {
        match self {
            Codec::Utf8 => Some(text.as_bytes().to_vec()),
            Codec::Ascii => text.is_ascii().then(|| text.as_bytes().to_vec()),
            Codec::Latin1 => text.chars().map(|c| u8::try_from(c).ok()).collect(),
            Codec::Utf16Le => Some(text.encode_utf16().flat_map(u16::to_le_bytes).collect()),
            Codec::Utf16Be => Some(text.encode_utf16().flat_map(u16::to_be_bytes).collect()),
            Codec::Named(encoding) => {
                let (bytes, _, unmappable) = encoding.encode(text);
                (!unmappable).then(|| bytes.into_owned())
            }
        }
    }
}

impl Form {
    /// The bytes of `text` in this form. `None` if the encoding lacks a character.
    pub(crate) fn encode(self, text: &str) -> Option<Vec<u8>> {
        let marked;
        let text = if self.byte_order_mark {
            marked = format!("\u{feff}{text}");
            &marked
        } else {
            text
        };
        self.codec.encode(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        let cases: &[(&str, Option<&str>)] = &[
            ("utf8", Some("utf-8")),
            ("UTF_8", Some("utf-8")),
            ("utf-8-unix", Some("utf-8")),
            ("utf_8_sig", Some("utf-8")),
            ("Latin-1", Some("latin-1")),
            ("latin_1_unix", Some("latin-1")),
            ("iso-8859-1", Some("latin-1")),
            ("iso-8859-15", Some("ISO-8859-15")),
            ("iso8859_15", Some("ISO-8859-15")),
            ("latin9", Some("ISO-8859-15")),
            ("cp1252", Some("windows-1252")),
            ("windows-1251", Some("windows-1251")),
            ("koi8_r", Some("KOI8-R")),
            ("euc_jp", Some("EUC-JP")),
            ("shift_jis", Some("Shift_JIS")),
            ("gb2312", Some("GBK")),
            ("gb18030", Some("gb18030")),
            ("big5", Some("Big5")),
            ("mac-roman", Some("macintosh")),
            ("ascii", Some("ascii")),
            ("utf-16", None),
            ("utf-7", None),
            ("cp437", None),
            ("rot13", None),
            ("x-user-defined", None),
            ("hz-gb-2312", None),
        ];
        for (name, expected) in cases {
            assert_eq!(Codec::by_python_name(name).map(Codec::name), *expected, "{name}");
        }
    }
}
