//! Markdown to plain text, for clients that show only text. Supports only the Markdown that this project writes.

/// The text without markup. Code keeps its lines; the fences are removed.
pub(super) fn plain(markdown: &str) -> String {
    let mut out = String::with_capacity(markdown.len());
    let mut in_code = false;
    for line in markdown.lines() {
        if line.trim_start().starts_with("```") {
            in_code = !in_code;
            continue;
        }
        if in_code {
            out.push_str("    ");
            out.push_str(line);
        } else {
            out.push_str(&without_marks(line));
        }
        out.push('\n');
    }
    out.truncate(out.trim_end().len());
    out
}

fn without_marks(line: &str) -> String {
    let line = if line.starts_with('#') { line.trim_start_matches('#').trim_start() } else { line };
    let mut out = String::with_capacity(line.len());
    let mut in_code = false;
    for (at, c) in line.char_indices() {
        let stands_alone = || line[..at].ends_with(' ') && line[at + 1..].starts_with(' ');
        match c {
            '`' => in_code = !in_code,
            '*' if !in_code && !stands_alone() => {}
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_go_and_code_stays() {
        let markdown = "# hidden-import\n\nWhy `**x` **matters** and *more* than 2 * 3:\n\n```python path=a.py\ndef f():\n    import a  # x\n```\n\n- one\n";
        let expected = "hidden-import\n\nWhy **x matters and more than 2 * 3:\n\n    def f():\n        import a  # x\n\n- one";
        assert_eq!(plain(markdown), expected);
    }
}
