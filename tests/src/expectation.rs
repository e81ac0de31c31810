//! The marks of a case: `# finding: rule "words of the message"` at the end of a line, or alone on the line above it.
//!
//! `rule[level]` checks the level too. A line may have several marks in a row. They are removed before the file is
//! checked, so that they don't become part of another comment.

/// An expected finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expectation {
    /// The rule.
    pub rule: String,
    /// The level, if it is checked.
    pub level: Option<String>,
    /// The text that the message must contain.
    pub words: String,
    /// Zero-based line in [`Marked::text`].
    pub line: u32,
    /// Zero-based line of the mark itself in the original text.
    pub written: usize,
}

/// A file without its marks, and the findings they expect.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Marked {
    /// The text to check.
    pub text: String,
    /// In order.
    pub expectations: Vec<Expectation>,
}

const MARK: &str = "# finding: ";

/// Removes the marks from a file.
///
/// # Errors
/// If a mark is malformed.
pub fn read_marks(text: &str) -> Result<Marked, String> {
    let mut marked = Marked::default();
    let mut line = 0;
    for (index, written) in text.split_inclusive('\n').enumerate() {
        let Some(at) = written.find(MARK) else {
            marked.text.push_str(written);
            line += 1;
            continue;
        };
        for mark in written[at..].split(MARK).skip(1) {
            marked.expectations.push(read_mark(mark.trim(), line, index)?);
        }
        let code = written[..at].trim_end();
        if !code.is_empty() {
            marked.text.push_str(code);
            marked.text.push_str(if written.ends_with("\r\n") { "\r\n" } else { "\n" });
            line += 1;
        }
    }
    Ok(marked)
}

fn read_mark(mark: &str, line: u32, written: usize) -> Result<Expectation, String> {
    let wrong = || format!("not a promise: {MARK}{mark}");
    let (rule, words) = mark.split_once(' ').ok_or_else(wrong)?;
    let words = words.trim().strip_prefix('"').and_then(|words| words.strip_suffix('"')).ok_or_else(wrong)?;
    let (rule, level) = match rule.split_once('[') {
        Some((rule, level)) => (rule, Some(level.strip_suffix(']').ok_or_else(wrong)?.to_owned())),
        None => (rule, None),
    };
    Ok(Expectation { rule: rule.to_owned(), level, words: words.replace("\\\"", "\""), line, written })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn marks_behind_a_line_and_above_it() {
        let text = "a = 1\n# finding: x-rule[info] \"one\"\nb = 2  # note  # finding: y-rule \"t\\\"wo\"\n";
        let marked = read_marks(text).unwrap();
        assert_eq!(marked.text, "a = 1\nb = 2  # note\n");
        let read: Vec<_> = marked
            .expectations
            .iter()
            .map(|mark| (mark.rule.as_str(), mark.level.as_deref(), mark.words.as_str(), mark.line))
            .collect();
        assert_eq!(read, [("x-rule", Some("info"), "one", 1), ("y-rule", None, "t\"wo", 1)]);
    }

    #[test]
    fn a_broken_mark_is_an_error() {
        assert!(read_marks("a  # finding: rule without words\n").is_err());
    }
}
