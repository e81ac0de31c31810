//! What is wrong with a configuration file.

use std::cell::RefCell;

use camino::{Utf8Path, Utf8PathBuf};
use source::Span;

use crate::Level;

/// Something wrong in a configuration file, for the file's own diagnostics and for the command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Which file.
    pub path: Utf8PathBuf,
    /// Where in it.
    pub span: Span,
    /// What was wrong, and what to do.
    pub message: String,
    /// Error where the configuration can't be used as meant, warning otherwise.
    pub level: Level,
    /// A text that mends the span (the nearest known key).
    pub suggestion: Option<String>,
}

/// Longer words are not compared: the cost is the product of the lengths, and nobody mistypes so much.
const LONGEST_WORD: usize = 64;

/// The known word nearest to `word`, if one is near enough to be meant: a few letters wrong, or its beginning.
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

/// Where the readers of one file put their problems.
#[derive(Debug)]
pub(crate) struct Problems {
    path: Utf8PathBuf,
    list: RefCell<Vec<Problem>>,
    /// What another tool's file says to that tool is nothing that ours fails on.
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

    /// From here on nothing is louder than a warning.
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

    /// In the order of the file.
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
