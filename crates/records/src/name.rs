//! The file names of records: a number or a date, followed by the words of the title.

/// The identity of a record.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Id {
    /// `0007-use-an-outbox.md`
    Number(u32),
    /// `20260807-use-an-outbox.md`: the name without `.md`.
    Dated(String),
}

impl std::fmt::Display for Id {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Id::Number(number) => write!(f, "ADR-{number:04}"),
            Id::Dated(name) => f.write_str(name),
        }
    }
}

/// The pattern of file names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pattern {
    /// The text in front of the number: `ADR-`, or empty.
    pub(crate) lead: String,
    pub(crate) prefix: Prefix,
    /// The character after the prefix: `-` or `_`.
    pub(crate) gap: char,
    /// The character between words: `-` or `_`.
    pub(crate) separator: char,
    /// Whether words keep their capitals.
    pub(crate) keeps_case: bool,
    /// `md` or `markdown`.
    pub(crate) extension: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Prefix {
    /// With at least this many digits.
    Number { width: usize },
    /// `20260807`
    Date,
    /// `2026-08-07`
    DateWithDashes,
}

/// A parsed file name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Parsed {
    pub(crate) id: Id,
    pub(crate) words: String,
    pub(crate) pattern: Pattern,
}

/// Stems of template files, which record no decision.
const TEMPLATES: [&str; 5] = ["template", "adr-template", "madr-template", "adr_template", "record-template"];

/// Parses the file name of a record; `None` for any other file.
pub(crate) fn parse(file_name: &str) -> Option<Parsed> {
    let (stem, extension) = file_name.rsplit_once('.')?;
    if !matches!(extension.to_ascii_lowercase().as_str(), "md" | "markdown") {
        return None;
    }
    let digits_at = stem.find(|c: char| c.is_ascii_digit())?;
    let (lead, rest) = stem.split_at(digits_at);
    let bare = lead.trim_end_matches(['-', '_']).to_ascii_lowercase();
    if !(bare.is_empty() && lead.is_empty()) && bare != "adr" {
        return None;
    }
    let (prefix, id_text, words) = split_prefix(rest)?;
    let gap = words.chars().next()?;
    let words = words.trim_start_matches(['-', '_', ' ', '.']);
    if words.is_empty() || TEMPLATES.contains(&words.to_ascii_lowercase().as_str()) {
        return None;
    }
    let id = match prefix {
        Prefix::Number { .. } => Id::Number(id_text.parse().ok()?),
        Prefix::Date | Prefix::DateWithDashes => Id::Dated(stem.to_owned()),
    };
    let separator = match (words.contains('_'), words.contains('-')) {
        (true, false) => '_',
        (false, true) => '-',
        _ if gap == '_' => '_',
        _ => '-',
    };
    let pattern = Pattern {
        lead: lead.to_owned(),
        prefix,
        gap,
        separator,
        keeps_case: words.chars().any(char::is_uppercase),
        extension: extension.to_owned(),
    };
    Some(Parsed { id, words: words.to_owned(), pattern })
}

/// The number or date that a name begins with, and the rest from the separator on.
fn split_prefix(rest: &str) -> Option<(Prefix, &str, &str)> {
    let end = rest.find(|c: char| !c.is_ascii_digit())?;
    let (digits, words) = rest.split_at(end);
    if !words.starts_with(['-', '_', ' ', '.']) {
        return None;
    }
    match digits.len() {
        8 => Some((Prefix::Date, digits, words)),
        4 if is_month_and_day(words) => Some((Prefix::DateWithDashes, rest.get(..10)?, rest.get(10..)?)),
        1..=6 => Some((Prefix::Number { width: digits.len() }, digits, words)),
        _ => None,
    }
}

/// Whether a text begins with something like `-08-07-`.
fn is_month_and_day(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let dash = |at: usize| bytes.get(at) == Some(&b'-');
    dash(0) && digit(1) && digit(2) && dash(3) && digit(4) && digit(5) && dash(6)
}

impl Pattern {
    /// Four digits, as in adr-tools and MADR.
    pub(crate) fn numbered() -> Self {
        Self {
            lead: String::new(),
            prefix: Prefix::Number { width: 4 },
            gap: '-',
            separator: '-',
            keeps_case: false,
            extension: "md".to_owned(),
        }
    }

    /// A date, as in log4brains.
    pub(crate) fn dated() -> Self {
        Self { prefix: Prefix::Date, ..Self::numbered() }
    }

    /// The file name from a number or (if the pattern has one) the date `2026-08-07`, and [`Self::words`] of the title.
    pub(crate) fn with_words(&self, number: u32, date: &str, words: &str) -> String {
        let prefix = match self.prefix {
            Prefix::Number { width } => format!("{number:0width$}"),
            Prefix::Date => date.replace('-', ""),
            Prefix::DateWithDashes => date.to_owned(),
        };
        format!("{}{prefix}{}{words}.{}", self.lead, self.gap, self.extension)
    }

    /// The letters and digits of a title, joined by the separator.
    pub(crate) fn words(&self, title: &str) -> String {
        let cleaned: String = title.chars().filter(|c| !matches!(c, '\'' | '’' | '`')).collect();
        let words = cleaned.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let words = words.map(|word| if self.keeps_case { word.to_owned() } else { word.to_lowercase() });
        words.collect::<Vec<_>>().join(&self.separator.to_string())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn names_are_taken_apart_and_put_together_again() {
        let cases = [
            ("0007-use-an-outbox.md", Id::Number(7)),
            ("ADR-012-Use-Kafka.md", Id::Number(12)),
            ("adr_3_use_kafka.md", Id::Number(3)),
            ("20260807-use-an-outbox.md", Id::Dated("20260807-use-an-outbox".into())),
            ("2026-08-07-use-an-outbox.md", Id::Dated("2026-08-07-use-an-outbox".into())),
        ];
        for (name, id) in cases {
            let parsed = parse(name).unwrap();
            assert_eq!(parsed.id, id, "{name}");
            let number = if let Id::Number(number) = id { number } else { 0 };
            assert_eq!(parsed.pattern.with_words(number, "2026-08-07", &parsed.words), name);
        }
    }

    #[test]
    fn what_is_no_record() {
        for name in
            ["README.md", "index.md", "template.md", "0000-template.md", "0007.md", "v2-notes.md", "7-a.txt"]
        {
            assert_eq!(parse(name), None, "{name}");
        }
    }

    #[test]
    fn titles_become_words() {
        let pattern = Pattern::numbered();
        let words = pattern.words("Don't use `HTTP/2` — for now!");
        assert_eq!(pattern.with_words(3, "", &words), "0003-dont-use-http-2-for-now.md");
        assert_eq!(Pattern::dated().with_words(3, "2026-08-07", "größe"), "20260807-größe.md");
    }
}
