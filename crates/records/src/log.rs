//! All records of a project.

use anyhow::{Context as _, bail};
use camino::Utf8PathBuf;
use source::{FileKind, FileSystem};

use crate::citation::{Cited, citations};
use crate::folder::{Form, Home};
use crate::name::{Id, Pattern, Prefix};
use crate::record::Record;
use crate::status::Word;

/// The records of one folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Log {
    /// Where the records are.
    pub home: Home,
    /// Sorted by number or date.
    pub records: Vec<Record>,
    /// Other Markdown files in the folder, such as an index or a template, with their text.
    pub others: Vec<(Utf8PathBuf, String)>,
}

impl Log {
    /// Reads the records; empty if the folder doesn't exist.
    ///
    /// # Errors
    /// If a file can't be read.
    pub fn read(fs: &dyn FileSystem, home: Home) -> anyhow::Result<Self> {
        let (mut records, mut others) = (Vec::new(), Vec::new());
        for entry in fs.read_dir(&home.folder).unwrap_or_default() {
            let is_markdown =
                entry.path.extension().is_some_and(|extension| matches!(extension, "md" | "markdown"));
            if entry.kind != FileKind::File || !is_markdown {
                continue;
            }
            let bytes = fs.read(&entry.path).with_context(|| format!("{} can't be read", entry.path))?;
            let Ok(text) = String::from_utf8(bytes) else { bail!("{} is not UTF-8", entry.path) };
            match Record::parse(&entry.path, text.clone()) {
                Some(record) => records.push(record),
                None => others.push((entry.path, text)),
            }
        }
        records.sort_by(|a, b| (&a.id, &a.path).cmp(&(&b.id, &b.path)));
        Ok(Self { home, records, others })
    }

    /// The last record, whose form new records follow.
    pub fn newest(&self) -> Option<&Record> {
        self.records.last()
    }

    /// The naming pattern of the files.
    pub(crate) fn pattern(&self) -> Pattern {
        match self.newest() {
            Some(newest) => newest.pattern.clone(),
            None if self.home.form == Form::Log4brains => Pattern::dated(),
            None => Pattern::numbered(),
        }
    }

    /// Whether records have numbers.
    pub fn is_numbered(&self) -> bool {
        matches!(self.pattern().prefix, Prefix::Number { .. })
    }

    /// Finds a record by `7`, `0007`, `ADR-7`, its file name or the beginning of that.
    ///
    /// # Errors
    /// If no record matches, or several do; the message lists their names.
    pub fn named(&self, name: &str) -> anyhow::Result<&Record> {
        let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
        if let Some(record) = self.records.iter().find(|record| record.file_name() == file) {
            return Ok(record);
        }
        let number = name.parse().ok().map(Cited::Number);
        let cited = number.or_else(|| citations(name).into_iter().next().map(|found| found.record));
        let is_meant = |record: &&Record| match &cited {
            Some(cited @ Cited::Number(_)) => cited.is(&record.id),
            _ => record.file_name().starts_with(file) && !file.is_empty(),
        };
        let meant: Vec<&Record> = self.records.iter().filter(is_meant).collect();
        match meant[..] {
            [record] => Ok(record),
            [] => bail!("no record `{name}` in {}; `architrave adr list` shows them", self.home.folder),
            _ => {
                let names: Vec<&str> = meant.iter().map(|record| record.file_name()).collect();
                bail!(
                    "`{name}` can be {}; name the file, or run `architrave adr renumber`",
                    names.join(" or ")
                )
            }
        }
    }

    /// The records that a mention can refer to: several if they share a number.
    pub fn cited(&self, cited: &Cited) -> Vec<&Record> {
        self.records.iter().filter(|record| cited.is(&record.id)).collect()
    }

    /// The numbers of the records.
    pub fn numbers(&self) -> impl Iterator<Item = u32> {
        self.records.iter().filter_map(Record::number)
    }

    /// The record that superseded another one, according to that one's status.
    pub fn successor(&self, record: &Record) -> Option<&Record> {
        let status = record.status.as_ref().filter(|status| status.word == Some(Word::Superseded))?;
        let others = self.records.iter().filter(|other| other.path != record.path);
        let (linked, mentioned) = (crate::reference::links(&status.text), citations(&status.text));
        let is_named = |other: &&Record| {
            linked.iter().any(|link| link.target == other.file_name())
                || mentioned.iter().any(|mention| mention.record.is(&other.id))
        };
        others.into_iter().find(is_named)
    }

    /// Whether a record has this id.
    pub fn has(&self, id: &Id) -> bool {
        self.records.iter().any(|record| record.id == *id)
    }
}
