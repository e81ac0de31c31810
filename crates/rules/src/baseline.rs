//! The baseline: findings that were accepted as they were, so that only new ones fail.
//!
//! Pure: text to entries and back; reading and writing the file is up to the caller. Invariants:
//! - an entry is identified by path and [`Fingerprint`](view::Fingerprint), which names the rule and the relationship
//!   and never a line. Fingerprints are unique within a file, so entries need no count; files that share a module name
//!   (scripts in folders that are not packages) are distinguished by their paths;
//! - the text is sorted and has one entry per line, each followed by a comma, and the list ends with a `null`: adding
//!   or removing an entry touches no other line, so branches that touch different findings merge without conflicts;
//! - an entry that stays is written as it was read, even if the finding's message has changed since.

mod text;

use std::cmp::Ordering;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use view::Finding;

/// The file's name.
pub const FILE_NAME: &str = ".architrave-baseline.json";

/// Messages are cut to this many characters: enough to recognize the finding.
const SHORT: usize = 120;

/// One accepted finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The file, relative to the baseline's folder, `/`-separated.
    pub path: String,
    /// The rule's id.
    pub rule: String,
    /// Names the relationship.
    pub fingerprint: String,
    /// The shortened message, for readers only; nothing depends on it.
    #[serde(default)]
    pub message: String,
}

impl Entry {
    /// The entry of a finding in the file at `path`.
    pub fn of(path: &str, finding: &Finding) -> Self {
        Self::new(path, finding.rule, &finding.fingerprint.0, &finding.message)
    }

    /// An entry with its message cut short.
    pub fn new(path: &str, rule: &str, fingerprint: &str, message: &str) -> Self {
        let mut message = message.lines().next().unwrap_or_default().to_owned();
        if let Some((end, _)) = message.char_indices().nth(SHORT) {
            message.truncate(end);
            message.push('…');
        }
        Self { path: path.to_owned(), rule: rule.to_owned(), fingerprint: fingerprint.to_owned(), message }
    }

    /// By path, then rule, so that the file reads like a report; then by whatever else distinguishes entries.
    fn order(&self, other: &Self) -> Ordering {
        (&self.path, &self.rule, &self.fingerprint).cmp(&(&other.path, &other.rule, &other.fingerprint))
    }

    fn is_same(&self, other: &Self) -> bool {
        self.path == other.path && self.fingerprint == other.fingerprint
    }
}

/// The accepted findings of a folder and its subfolders.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Baseline {
    /// Sorted and free of duplicates.
    entries: Vec<Entry>,
    /// Indices of entries.
    by_fingerprint: FxHashMap<String, Vec<usize>>,
}

/// Why a baseline can't be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// One-based.
    pub line: u32,
    /// What is wrong, and what to do.
    pub message: String,
}

impl Baseline {
    /// The baseline with these entries, in any order; of equal ones the first is kept.
    pub fn of(entries: impl IntoIterator<Item = Entry>) -> Self {
        let mut entries: Vec<Entry> = entries.into_iter().collect();
        entries.sort_by(Entry::order);
        entries.dedup_by(|later, first| later.is_same(first));
        let mut by_fingerprint: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for (index, entry) in entries.iter().enumerate() {
            by_fingerprint.entry(entry.fingerprint.clone()).or_default().push(index);
        }
        Self { entries, by_fingerprint }
    }

    /// The entries, sorted by path and rule.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// How many findings are accepted.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether none is.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The entries with this fingerprint.
    pub fn of_fingerprint<'b>(&'b self, fingerprint: &str) -> impl Iterator<Item = &'b Entry> + use<'b> {
        let indices = self.by_fingerprint.get(fingerprint);
        indices.into_iter().flatten().map(|index| &self.entries[*index])
    }

    /// The entry that accepts the finding with this fingerprint in the file at `path`.
    ///
    /// An entry with the same path wins. Otherwise an entry with the same fingerprint counts if its file no longer
    /// exists (according to `is_there`): the file has moved without changing its module name, as from `shop/` to
    /// `src/shop/`.
    pub fn covers(&self, path: &str, fingerprint: &str, is_there: impl Fn(&str) -> bool) -> Option<&Entry> {
        self.of_fingerprint(fingerprint)
            .find(|entry| entry.path == path)
            .or_else(|| self.of_fingerprint(fingerprint).find(|entry| !is_there(&entry.path)))
    }

    /// The same baseline without the entries that `gone` selects.
    #[must_use]
    pub fn without(&self, gone: impl Fn(&Entry) -> bool) -> Self {
        Self::of(self.entries.iter().filter(|entry| !gone(entry)).cloned())
    }

    /// The same baseline with another entry.
    #[must_use]
    pub fn with(&self, entry: Entry) -> Self {
        Self::of(self.entries.iter().cloned().chain([entry]))
    }

    /// Parses the file's text.
    ///
    /// # Errors
    /// If the text is not a baseline, with the line and what to do.
    pub fn parse(text: &str) -> Result<Self, Broken> {
        Ok(Self::of(text::parse(text)?))
    }

    /// The file's text. `before` is the previous content, whose line endings are kept.
    pub fn to_text(&self, before: Option<&str>) -> String {
        text::write(&self.entries, before.is_some_and(|before| before.contains("\r\n")))
    }
}

#[cfg(test)]
mod tests;
