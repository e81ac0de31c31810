//! `# tach-ignore` comments: on the line of an import, or alone on the line above.
//!
//! Source: tach's documentation, "tach-ignore". A reason may follow in parentheses, then the suffixes of the paths that
//! are meant; without any, the comment covers all imports of the line.

use rustc_hash::FxHashMap;

/// The comments of one file, by the zero-based line that they cover. Of several the first counts.
#[derive(Debug, Default)]
pub(super) struct Directives(FxHashMap<u32, Vec<String>>);

impl Directives {
    pub(super) fn of(text: &source::Text) -> Self {
        let text = text.as_str();
        if !text.contains(WORD) {
            return Self::default();
        }
        let mut found = FxHashMap::default();
        for (at, line) in (0u32..).zip(text.lines()) {
            if let Some(meant) = directive(line) {
                let is_alone = line.trim_start().starts_with('#');
                found.entry(at + u32::from(is_alone)).or_insert(meant);
            }
        }
        Self(found)
    }

    /// Whether a comment on one of `lines` suppresses an import of `path`.
    pub(super) fn cover(&self, lines: &[u32], path: &str) -> bool {
        lines
            .iter()
            .filter_map(|line| self.0.get(line))
            .any(|meant| meant.is_empty() || meant.iter().any(|end| path.ends_with(end.as_str())))
    }
}

const WORD: &str = "tach-ignore";

/// The paths that a comment names; `None` if the line has no valid comment.
fn directive(line: &str) -> Option<Vec<String>> {
    line.match_indices(WORD).find_map(|(at, _)| {
        line[..at].trim_end_matches(' ').strip_suffix('#')?;
        let rest = &line[at + WORD.len()..];
        let rest = match rest.strip_prefix('(') {
            Some(reason) => reason.split_once(')')?.1,
            None => rest,
        };
        let is_word = |word: &str| word.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.'));
        let is_apart = rest.is_empty() || rest.starts_with(char::is_whitespace);
        (is_apart && rest.split_whitespace().all(is_word))
            .then(|| rest.split_whitespace().map(str::to_owned).collect())
    })
}

#[cfg(test)]
mod tests {
    use super::directive;

    #[test]
    fn as_tach_reads_them() {
        let none: Option<&[&str]> = None;
        for (line, expected) in [
            ("import a  # tach-ignore", Some(&[][..])),
            ("import a  #tach-ignore", Some(&[][..])),
            ("# tach-ignore(until the split) a.b c", Some(&["a.b", "c"][..])),
            ("import a  # noqa  # tach-ignore", Some(&[][..])),
            ("import a  # tach-ignore: later", none),
            ("import a  # tach-ignore-all", none),
            ("import a  # tach-ignore(open", none),
            ("import a  # see tach-ignore", none),
        ] {
            let found = directive(line);
            let found = found.as_ref().map(|words| words.iter().map(String::as_str).collect::<Vec<_>>());
            assert_eq!(found.as_deref(), expected, "{line}");
        }
    }
}
