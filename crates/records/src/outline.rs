//! Locates the parts of a record in its text: front matter, headings, sections. Headings in fenced code don't count.

use std::ops::Range;

/// The parts of a Markdown text.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Outline {
    /// The lines between the `---`, exclusive.
    pub(crate) front_matter: Option<Range<usize>>,
    pub(crate) sections: Vec<Section>,
}

/// A heading and the text below it, up to the next heading of any level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Section {
    /// The number of `#`.
    pub(crate) level: usize,
    /// The text of the heading.
    pub(crate) heading: Range<usize>,
    /// The line of the heading, including its line ending.
    pub(crate) line: Range<usize>,
    pub(crate) body: Range<usize>,
}

/// Locates the parts of a text.
pub(crate) fn outline(text: &str) -> Outline {
    let mut outline = Outline::default();
    let (mut at, mut fence): (usize, Option<&str>) = (0, None);
    let mut lines = text.split_inclusive('\n').peekable();
    if let Some(first) = lines.peek().filter(|line| line.trim_end() == "---") {
        let start = first.len();
        let mut end = start;
        for line in text[start..].split_inclusive('\n') {
            if matches!(line.trim_end(), "---" | "...") {
                outline.front_matter = Some(start..end);
                at = end + line.len();
                break;
            }
            end += line.len();
        }
    }
    let start = at;
    for line in text[start..].split_inclusive('\n') {
        let whole = at..at + line.len();
        at = whole.end;
        let trimmed = line.trim_start();
        if let Some(mark) = fence {
            if trimmed.starts_with(mark) {
                fence = None;
            }
            continue;
        }
        fence = ["```", "~~~"].into_iter().find(|mark| trimmed.starts_with(mark));
        let level = line.bytes().take_while(|byte| *byte == b'#').count();
        let words = line[level..].trim().trim_end_matches('#').trim_end();
        if level == 0 || level > 6 || !line[level..].starts_with([' ', '\t']) || words.is_empty() {
            continue;
        }
        let offset = line.find(words).unwrap_or(level);
        if let Some(last) = outline.sections.last_mut() {
            last.body.end = whole.start;
        }
        let heading = whole.start + offset..whole.start + offset + words.len();
        outline.sections.push(Section { level, heading, body: whole.end..text.len(), line: whole });
    }
    outline
}

impl Outline {
    /// The first level-one heading.
    pub(crate) fn title(&self) -> Option<&Section> {
        self.sections.iter().find(|section| section.level == 1)
    }

    /// The lines between the title and the next heading, where `Date: ...` is.
    pub(crate) fn preamble(&self) -> Option<Range<usize>> {
        self.title().map(|title| title.body.clone())
    }

    /// The section below the title whose heading is one of these, ignoring case.
    pub(crate) fn section(&self, text: &str, words: &[&str]) -> Option<&Section> {
        self.sections.iter().find(|section| {
            let heading = text[section.heading.clone()].to_lowercase();
            section.level > 1 && words.contains(&heading.as_str())
        })
    }
}

/// The lines of a part, without their line endings, each with its offset in the whole text.
pub(crate) fn lines(text: &str, part: Range<usize>) -> impl Iterator<Item = (usize, &str)> {
    let mut at = part.start;
    text[part].split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        (start, line.trim_end_matches(['\r', '\n']))
    })
}

/// The one-based line of an offset.
pub(crate) fn line_of(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn headings_in_code_are_none() {
        let text = "---\nstatus: x\n---\n\n# A #\n\n```sh\n# no\n```\n## B\nc\n";
        let outline = outline(text);
        assert_eq!(&text[outline.front_matter.clone().unwrap()], "status: x\n");
        let headings: Vec<&str> =
            outline.sections.iter().map(|section| &text[section.heading.clone()]).collect();
        assert_eq!(headings, ["A", "B"]);
        assert_eq!(&text[outline.sections[1].body.clone()], "c\n");
    }

    #[test]
    fn no_text_panics() {
        for text in ["", "---", "---\n", "#", "# ", "#\u{a0}é", "```", "---\n---", "######## a", "#\r\n"] {
            let _ = outline(text);
        }
    }
}
