//! Writes the findings of its cases into a page.

use crate::{Case, TestProject, cases, found, read_marks, sections};

/// The page with the current findings in the blocks of all its cases. If exactly one finding of a mark's rule is on its
/// line and its message differs, the mark gets that message.
///
/// # Errors
/// If a mark is malformed.
pub fn blessed(page: &str) -> Result<String, String> {
    let mut lines: Vec<String> = page.split('\n').map(str::to_owned).collect();
    let mut cases = cases(&sections(page))?;
    // From the end, so that lines above keep their numbers.
    cases.sort_by_key(|case| std::cmp::Reverse(case.line));
    for case in &cases {
        let files = case.files.iter().map(|file| (file.path.as_str(), file.text.as_str()));
        let project = TestProject::new(files);
        let findings = project.findings();
        let text = found(&project, &findings);
        for (path, finding) in &findings {
            reword(
                &mut lines,
                case,
                path,
                finding.rule,
                (project.marked(path, finding.span).0, &finding.message),
            );
        }
        let shown = case.found.as_ref();
        if shown.map_or("", |shown| shown.text.as_str()) != text {
            put(&mut lines, case, &text);
        }
    }
    Ok(lines.join("\n"))
}

/// Replaces, adds or removes the block of a case.
fn put(lines: &mut Vec<String>, case: &Case, text: &str) {
    let block = |text: &str| -> Vec<String> {
        let inside = text.lines().map(str::to_owned);
        std::iter::once("```found".to_owned()).chain(inside).chain(["```".to_owned()]).collect()
    };
    if let Some(shown) = &case.found {
        // `line` is the one-based line after the opening fence.
        let (start, end) = (shown.line - 2, shown.line + shown.text.lines().count());
        if text.is_empty() {
            lines.drain(start.saturating_sub(1)..end);
        } else {
            lines.splice(start..end, block(text));
        }
    } else if let Some(last) = case.files.iter().max_by_key(|file| file.line) {
        let fence = lines[last.line - 2].chars().take_while(|letter| *letter == '`').count();
        let closes = |line: &String| line.trim_end() == "`".repeat(fence);
        let Some(end) = lines.iter().skip(last.line - 1).position(closes) else { return };
        let at = last.line + end;
        lines.splice(at..at, std::iter::once(String::new()).chain(block(text)));
    }
}

/// Updates the words of a finding's mark if they differ, provided that its rule has exactly one mark on the line.
fn reword(lines: &mut [String], case: &Case, path: &str, rule: &str, (line, message): (u32, &str)) {
    let Some(file) = case.files.iter().find(|file| file.path == path) else { return };
    let of_line = |it: &&crate::Expectation| it.rule == rule && it.line + 1 == line;
    let mut marks = file.expectations.iter().filter(of_line);
    let (Some(mark), None) = (marks.next(), marks.next()) else { return };
    if message.contains(&mark.words) {
        return;
    }
    let escaped = |words: &str| format!("\"{}\"", words.replace('"', "\\\""));
    let written = &mut lines[file.line - 1 + mark.written];
    let marked = read_marks(written).map(|marked| marked.expectations.len());
    if marked == Ok(1) {
        *written = written.replacen(&escaped(&mark.words), &escaped(message), 1);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    const PAGE: &str = "# circular-import\n## Example\n```python path=shop/a.py\nimport shop.b\n```\n\n```python path=shop/b.py\n\
                        import shop.a  # finding: circular-import \"Circle\"\n```\n\n## Instead\n```python path=shop/a.py\n1\n```\n";

    #[test]
    fn blocks_are_added_replaced_and_taken_out() {
        let once = blessed(PAGE).unwrap();
        assert!(
            once.contains("\n```\n\n```found\nshop/b.py:1 circular-import[warning] `shop.a`\n"),
            "{once}"
        );
        assert!(once.contains("# finding: circular-import \"Circular import"), "{once}");
        assert_eq!(blessed(&once).unwrap(), once, "blessed twice is blessed once");
        let wrong = once.replace("[warning] `shop.a`\n", "[info] `shop`\n");
        assert_ne!(wrong, once);
        assert_eq!(blessed(&wrong).unwrap(), once);
        let clean = once.replace("import shop.b\n", "1\n");
        assert!(!blessed(&clean).unwrap().contains("```found"), "{}", blessed(&clean).unwrap());
    }
}
