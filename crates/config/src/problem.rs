//! Problems in configuration files.

use std::cell::RefCell;

use camino::{Utf8Path, Utf8PathBuf};
use source::Span;

use crate::Level;

/// A problem in a configuration file, for the file's own diagnostics and for the command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The file.
    pub path: Utf8PathBuf,
    /// The position in it.
    pub span: Span,
    /// What is wrong, and what to do.
    pub message: String,
    /// Error if the configuration can't be used as intended, otherwise warning.
    pub level: Level,
    /// A replacement for the span that fixes the problem (the nearest known key).
    pub suggestion: Option<String>,
}

/// Longer words are not compared: the cost is the product of the lengths, and such long words aren't typos.
const LONGEST_WORD: usize = 64;

/// The known word nearest to `word`, if one is near enough to be intended: a few wrong letters, or a prefix.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if word.len() > LONGEST_WORD {
        return None;
    }
    known
        .into_iter()
        .filter_map(|candidate| {
            let distance = strsim::damerau_levenshtein(word, candidate);
            let beginning = word.len() >= 3 && candidate.starts_with(word);
            (beginning || distance <= 1 + candidate.len() / 4).then_some((distance, candidate))
        })
        .min()
        .map(|(_, candidate)| candidate)
}

/// Collects the problems of one file.
#[derive(Debug)]
pub(crate) struct Problems {
    path: Utf8PathBuf,
    list: RefCell<Vec<Problem>>,
    /// The maximum level. Errors in another tool's file are not errors of ours.
    loudest: Level,
}

impl Problems {
    pub(crate) fn new(path: &Utf8Path) -> Self {
        Self { path: path.to_owned(), list: RefCell::default(), loudest: Level::Error }
    }

    /// The file.
    pub(crate) fn path(&self) -> &Utf8Path {
        &self.path
    }

    /// From now on, no problem is more severe than a warning.
    pub(crate) fn in_foreign_file(&mut self) {
        self.loudest = Level::Warning;
    }

    pub(crate) fn error(&self, span: Span, message: impl Into<String>) {
        self.add(Level::Error, span, message.into(), None);
    }

    pub(crate) fn warning(&self, span: Span, message: impl Into<String>) {
        self.add(Level::Warning, span, message.into(), None);
    }

    pub(crate) fn add(&self, level: Level, span: Span, message: String, suggestion: Option<String>) {
        let path = self.path.clone();
        let level = level.min(self.loudest);
        self.list.borrow_mut().push(Problem { path, span, message, level, suggestion });
    }

    /// The problems in file order.
    pub(crate) fn into_list(self) -> Vec<Problem> {
        let mut list = self.list.into_inner();
        list.sort_by_key(|problem| problem.span);
        list
    }
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn nearest_is_near() {
        let known = ["layers", "levels", "exclude", "source-roots", "off", "warning"];
        for (word, expected) in [
            ("layer", Some("layers")),
            ("layres", Some("layers")),
            ("leyers", Some("layers")),
            ("exlude", Some("exclude")),
            ("source", Some("source-roots")),
            ("sorce-root", Some("source-roots")),
            ("warn", Some("warning")),
            ("of", Some("off")),
            ("on", None),
            ("w", None),
            ("plugins", None),
            ("", None),
        ] {
            assert_eq!(nearest(word, known), expected, "{word}");
        }
        assert_eq!(nearest(&"x".repeat(1 << 22), known), None);
    }
}
