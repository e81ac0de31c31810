//! The subset of Markdown that pages of rules use: headings, and fenced blocks with an info line.

/// The contents below one heading, up to the next heading of any level.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Section {
    /// Its headings from the outermost to its own: `["hidden-import", "Edge cases", "A cycle"]`.
    pub headings: Vec<String>,
    /// Its fenced blocks, in order.
    pub fences: Vec<Fence>,
    /// Whether it contains prose.
    pub has_prose: bool,
    /// One-based line of its heading.
    pub line: usize,
}

impl Section {
    /// The second-level heading above it (`Example`); empty above the first one.
    pub fn part(&self) -> &str {
        self.headings.get(1).map_or("", String::as_str)
    }
}

/// A fenced block.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Fence {
    /// The first word of the info line.
    pub language: String,
    /// Its `key=value` words.
    pub attributes: Vec<(String, String)>,
    /// The text between the fences, each line with `\n`.
    pub text: String,
    /// One-based line of the first line of `text`.
    pub line: usize,
}

impl Fence {
    /// The value of an attribute.
    pub fn attribute(&self, key: &str) -> Option<&str> {
        self.attributes.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str())
    }
}

/// The sections of a page. Headings inside fences are text.
pub fn sections(page: &str) -> Vec<Section> {
    let mut sections = vec![Section { line: 1, ..Section::default() }];
    let mut open: Option<(String, Fence)> = None;
    for (index, line) in page.lines().enumerate() {
        let section = sections.last_mut().expect("it starts with one and only grows");
        if let Some((mark, fence)) = &mut open {
            if line.trim_end() == *mark {
                section.fences.extend(open.take().map(|(_, fence)| fence));
            } else {
                fence.text.push_str(line);
                fence.text.push('\n');
            }
        } else if line.starts_with("```") {
            let mark: String = line.chars().take_while(|character| *character == '`').collect();
            let fence = fence(&line[mark.len()..], index + 2);
            open = Some((mark, fence));
        } else if line.starts_with('#') {
            let depth = line.len() - line.trim_start_matches('#').len();
            let mut headings = section.headings.clone();
            headings.truncate(depth - 1);
            headings.push(line[depth..].trim().to_owned());
            sections.push(Section { headings, line: index + 1, ..Section::default() });
        } else if !line.trim().is_empty() {
            section.has_prose = true;
        }
    }
    sections
}

fn fence(info: &str, line: usize) -> Fence {
    let mut words = info.split_whitespace();
    let language = words.next().unwrap_or_default().to_owned();
    let attributes = words
        .filter_map(|word| word.split_once('='))
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
        .collect();
    Fence { language, attributes, text: String::new(), line }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_nest_and_fences_keep_their_lines() {
        let page = "# rule\n\n## Example\n\nWords.\n\n```python path=a.py after=fix\n# not a heading\nx\n```\n### Deep\n## Instead\n";
        let sections = sections(page);
        let headings: Vec<_> = sections.iter().map(|section| section.headings.join("/")).collect();
        assert_eq!(headings, ["", "rule", "rule/Example", "rule/Example/Deep", "rule/Instead"]);
        let example = &sections[2];
        assert!(example.has_prose);
        assert_eq!(example.part(), "Example");
        let fence = &example.fences[0];
        assert_eq!((fence.language.as_str(), fence.line), ("python", 8));
        assert_eq!(fence.text, "# not a heading\nx\n");
        assert_eq!(fence.attribute("path"), Some("a.py"));
        assert_eq!(fence.attribute("after"), Some("fix"));
    }

    #[test]
    fn a_longer_fence_holds_a_shorter_one() {
        let sections = sections("````md\n```python\n```\n````\n");
        assert_eq!(sections[0].fences.len(), 1);
        assert_eq!(sections[0].fences[0].text, "```python\n```\n");
    }
}
