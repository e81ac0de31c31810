//! The cases of a page: the fences below each heading. A repeated path starts a new case.

use crate::{Expectation, Section, read_marks};

/// Files that are checked together.
#[derive(Debug, Default, Clone)]
pub struct Case {
    /// The second-level heading above it.
    pub part: String,
    /// The headings, for messages.
    pub name: String,
    /// One-based line of its first fence.
    pub line: usize,
    /// The files to check.
    pub files: Vec<CaseFile>,
    /// The block with the expected findings in full; `None` if there are none.
    pub found: Option<Shown>,
    /// The expected files after the first fix of the first finding that has one.
    pub after_fix: Vec<CaseFile>,
}

/// A block with expected findings.
#[derive(Debug, Default, Clone)]
pub struct Shown {
    /// The text between the fences.
    pub text: String,
    /// One-based line of the start of `text` in the page.
    pub line: usize,
}

/// One file of a case.
#[derive(Debug, Default, Clone)]
pub struct CaseFile {
    /// Relative, `/`-separated.
    pub path: String,
    /// The text without marks.
    pub text: String,
    /// The findings that its marks expect.
    pub expectations: Vec<Expectation>,
    /// One-based line in the page.
    pub line: usize,
    /// For a file after a fix: the expected applicability, `safe` or `review`, if the page states one.
    pub applicability: Option<String>,
}

impl Case {
    /// All expected findings, with their files.
    pub fn expectations(&self) -> impl Iterator<Item = (&CaseFile, &Expectation)> {
        self.files.iter().flat_map(|file| file.expectations.iter().map(move |expected| (file, expected)))
    }
}

/// The cases of a page. Fences in languages other than Python and TOML are prose, unless they have a path.
///
/// # Errors
/// If a mark is malformed.
pub fn cases(sections: &[Section]) -> Result<Vec<Case>, String> {
    let mut cases = Vec::new();
    for section in sections {
        let mut case = Case::default();
        for fence in &section.fences {
            if fence.language == "found" {
                case.found = Some(Shown { text: fence.text.clone(), line: fence.line });
                continue;
            }
            let path = match (fence.attribute("path"), fence.language.as_str()) {
                (Some(path), _) => path.to_owned(),
                (None, "python") => "example.py".to_owned(),
                (None, "toml") => "architrave.toml".to_owned(),
                (None, _) => continue,
            };
            let marked = read_marks(&fence.text).map_err(|error| format!("line {}: {error}", fence.line))?;
            let file = CaseFile {
                path,
                text: marked.text,
                expectations: marked.expectations,
                line: fence.line,
                applicability: fence.attribute("applicability").map(str::to_owned),
            };
            if fence.attribute("after") == Some("fix") {
                case.after_fix.push(file);
                continue;
            }
            if !case.after_fix.is_empty() || case.files.iter().any(|other| other.path == file.path) {
                cases.push(std::mem::take(&mut case));
            }
            if case.files.is_empty() {
                section.part().clone_into(&mut case.part);
                case.name = section.headings.join(" / ");
                case.line = fence.line;
            }
            case.files.push(file);
        }
        if !case.files.is_empty() {
            cases.push(case);
        }
    }
    Ok(cases)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::sections;

    #[test]
    fn a_path_that_comes_again_begins_a_case() {
        let page = "# r\n## Example\n```python path=a.py\n1\n```\n```python path=b.py\n2\n```\n\
                    ```python path=a.py after=fix\n3\n```\n```python path=a.py\n4\n```\n```text\nprose\n```\n";
        let cases = cases(&sections(page)).unwrap();
        let shape: Vec<_> = cases
            .iter()
            .map(|case| (case.part.as_str(), case.files.len(), case.after_fix.len(), case.line))
            .collect();
        assert_eq!(shape, [("Example", 2, 1, 4), ("Example", 1, 0, 13)]);
    }
}
