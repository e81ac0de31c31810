//! The status of a record: the word, and its position.

use std::ops::Range;

use serde::Serialize;

use crate::outline::{Outline, lines};

/// The known statuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Word {
    /// Still being written.
    Draft,
    /// Awaiting a decision.
    Proposed,
    /// Decided.
    Accepted,
    /// Decided against.
    Rejected,
    /// No longer valid, without a replacement.
    Deprecated,
    /// Replaced by another record.
    Superseded,
}

impl Word {
    /// All statuses.
    pub const ALL: [Word; 6] =
        [Word::Draft, Word::Proposed, Word::Accepted, Word::Rejected, Word::Deprecated, Word::Superseded];

    /// In lower case.
    pub fn as_str(self) -> &'static str {
        match self {
            Word::Draft => "draft",
            Word::Proposed => "proposed",
            Word::Accepted => "accepted",
            Word::Rejected => "rejected",
            Word::Deprecated => "deprecated",
            Word::Superseded => "superseded",
        }
    }

    /// The word that a status begins with; the rest (`Accepted (#12)`) is ignored.
    fn of(text: &str) -> Option<Self> {
        let word: String = text
            .trim_start_matches(|c: char| !c.is_alphanumeric())
            .chars()
            .take_while(|c| c.is_alphabetic())
            .collect();
        match word.to_lowercase().as_str() {
            "pending" => Some(Word::Proposed),
            "approved" => Some(Word::Accepted),
            "superceded" | "replaced" => Some(Word::Superseded),
            word => Word::ALL.into_iter().find(|known| known.as_str() == word),
        }
    }
}

/// The status of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// `None` for an unknown word.
    pub word: Option<Word>,
    /// The full status as written.
    pub text: String,
    /// Its position.
    pub(crate) span: Range<usize>,
    pub(crate) place: Place,
}

/// Where a status is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// `status: accepted` between `---`.
    FrontMatter,
    /// A separate section, as in Nygard's form and adr-tools.
    Section,
    /// A line below the title: `- Status: accepted`, `**Status:** accepted`.
    Line,
}

/// Finds the status of a record.
pub(crate) fn find(text: &str, outline: &Outline) -> Option<Status> {
    let of = |(span, place): (Range<usize>, Place)| {
        let text = text[span.clone()].to_owned();
        Status { word: Word::of(&text), text, span, place }
    };
    let front = || Some((field(text, outline.front_matter.clone()?, "status")?, Place::FrontMatter));
    let line = || Some((field(text, outline.preamble()?, "status")?, Place::Line));
    let section = || Some((trimmed(text, outline.section(text, &["status"])?.body.clone()), Place::Section));
    front().or_else(line).or_else(section).filter(|(span, _)| !span.is_empty()).map(of)
}

/// The value of a line `Name: value`, also as `- Name: value`, `* **Name**: value`, or in quotes.
pub(crate) fn field(text: &str, part: Range<usize>, name: &str) -> Option<Range<usize>> {
    lines(text, part).find_map(|(at, line)| {
        let (key, value) = line.split_once(':')?;
        let key = key.trim_matches(|c: char| matches!(c, '*' | '-' | '_' | ' ' | '\t'));
        if !key.eq_ignore_ascii_case(name) {
            return None;
        }
        let start = at + line.len() - value.len();
        let value_at = trimmed(text, start..at + line.len());
        // `**Status:** accepted`
        let marks =
            text[value_at.clone()].len() - text[value_at.clone()].trim_start_matches(['*', ' ']).len();
        let value_at = value_at.start + marks..value_at.end;
        let value = &text[value_at.clone()];
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        match quote {
            Some(quote) if value.len() > 1 && value.ends_with(quote) => {
                Some(value_at.start + 1..value_at.end - 1)
            }
            _ => Some(value_at),
        }
    })
}

/// A range without surrounding white space.
pub(crate) fn trimmed(text: &str, part: Range<usize>) -> Range<usize> {
    let whole = &text[part.clone()];
    let start = part.start + whole.len() - whole.trim_start().len();
    start..start + whole.trim().len()
}

impl Status {
    /// The word in the capitalization of this status.
    pub(crate) fn cased(&self, word: &str) -> String {
        let is_capital = self.text.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase);
        let mut letters = word.chars();
        match letters.next() {
            Some(first) if is_capital => first.to_uppercase().chain(letters).collect(),
            _ => word.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::outline::outline;

    #[test]
    fn every_place_is_found() {
        let cases = [
            ("---\nstatus: \"accepted\"\n---\n# A\n", "accepted", Some(Word::Accepted)),
            ("# A\n\n- Status: draft\n- Date: 1\n\n## Context\n", "draft", Some(Word::Draft)),
            ("# A\n\n**Status:** Accepted (#12)\n", "Accepted (#12)", Some(Word::Accepted)),
            ("# A\n\n* **Status**: Proposed\n", "Proposed", Some(Word::Proposed)),
            (
                "# A\nDate: 1\n\n## Status\n\nAccepted\n\nAmended by x\n\n## B\n",
                "Accepted\n\nAmended by x",
                Some(Word::Accepted),
            ),
            ("# A\n## Status\n\n✅ Approved\n", "✅ Approved", Some(Word::Accepted)),
            ("# A\n## Status\n\nOn hold\n", "On hold", None),
        ];
        for (text, written, word) in cases {
            let status = find(text, &outline(text)).unwrap();
            assert_eq!((status.text.as_str(), status.word), (written, word));
        }
        assert_eq!(find("# A\n\n## Status\n\n## B\n", &outline("# A\n\n## Status\n\n## B\n")), None);
    }
}
