//! What is wrong with a configuration file.

use camino::Utf8PathBuf;
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

/// The known word nearest to `word`, if one is near enough to be meant.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(word, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= 1 + candidate.len() / 4)
        .min()
        .map(|(_, candidate)| candidate)
}
