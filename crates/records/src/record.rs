//! One record.

use camino::{Utf8Path, Utf8PathBuf};

use crate::heading;
use crate::name::{self, Id, Pattern};
use crate::outline::{self, Outline};
use crate::status::{self, Status};

/// A recorded decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Absolute.
    pub path: Utf8PathBuf,
    /// From its file name.
    pub id: Id,
    /// From its heading, without the number; from the words of the file name if there is no heading.
    pub title: String,
    /// `None` if the record declares none.
    pub status: Option<Status>,
    /// The whole file.
    pub text: String,
    /// The words of its file name.
    pub(crate) words: String,
    pub(crate) pattern: Pattern,
    pub(crate) outline: Outline,
}

impl Record {
    /// Parses a record; `None` if the file name isn't that of a record.
    pub fn parse(path: &Utf8Path, text: String) -> Option<Self> {
        let parsed = name::parse(path.file_name()?)?;
        let outline = outline::outline(&text);
        let number = if let Id::Number(number) = parsed.id { Some(number) } else { None };
        let title = outline.title().map(|title| heading::parse(&text[title.heading.clone()], number).title);
        let title = title.unwrap_or(&parsed.words).to_owned();
        let status = status::find(&text, &outline);
        let (words, pattern) = (parsed.words, parsed.pattern);
        Some(Self { path: path.to_owned(), id: parsed.id, title, status, text, words, pattern, outline })
    }

    /// Its number, if its file name has one.
    pub fn number(&self) -> Option<u32> {
        match self.id {
            Id::Number(number) => Some(number),
            Id::Dated(_) => None,
        }
    }

    /// The name of its file.
    pub fn file_name(&self) -> &str {
        self.path.file_name().unwrap_or_default()
    }

    /// The date of the decision, as written.
    pub fn date(&self) -> Option<&str> {
        let in_front = || status::field(&self.text, self.outline.front_matter.clone()?, "date");
        let in_line = || status::field(&self.text, self.outline.preamble()?, "date");
        in_front().or_else(in_line).map(|span| &self.text[span]).filter(|date| !date.is_empty())
    }

    /// How other records of the same log refer to it in prose: `ADR-0007`, or its file name.
    pub(crate) fn called(&self) -> String {
        match (&self.id, self.pattern.prefix) {
            (Id::Number(number), name::Prefix::Number { width }) => format!("ADR-{number:0width$}"),
            (id, _) => id.to_string(),
        }
    }

    /// A link to it from another record in the same folder, in the form of adr-tools if headings have numbers.
    pub(crate) fn link(&self) -> String {
        let heading =
            self.outline.title().map_or(self.title.as_str(), |title| &self.text[title.heading.clone()]);
        let shown = match self.id {
            Id::Number(_) if heading != self.title => heading.to_owned(),
            Id::Number(_) => format!("{}: {}", self.called(), self.title),
            Id::Dated(_) => self.called(),
        };
        format!("[{shown}]({})", self.file_name())
    }
}
