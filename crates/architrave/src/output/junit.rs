//! `JUnit` XML, as most test services read it: a suite for each file, a failed case for each finding.
//!
//! A clean run is one passing case: several readers treat a report without cases as broken.

use std::borrow::Cow;
use std::io::Write;

use crate::output::json::Finding;

/// Writes the report.
///
/// # Errors
/// If the output can't be written.
pub(crate) fn write(out: &mut impl Write, findings: &[Finding]) -> anyhow::Result<()> {
    let count = findings.len();
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(
        out,
        "<testsuites name=\"architrave\" tests=\"{}\" failures=\"{count}\" errors=\"0\">",
        count.max(1)
    )?;
    if findings.is_empty() {
        writeln!(out, "  <testsuite name=\"architrave\" tests=\"1\" failures=\"0\" errors=\"0\">")?;
        writeln!(out, "    <testcase name=\"check\" classname=\"architrave\"/>")?;
        writeln!(out, "  </testsuite>")?;
    }
    for file in findings.chunk_by(|a, b| a.path == b.path) {
        let (path, count) = (escaped(&file[0].path), file.len());
        writeln!(out, "  <testsuite name=\"{path}\" tests=\"{count}\" failures=\"{count}\" errors=\"0\">")?;
        for finding in file {
            let Finding { line, column, .. } = finding;
            let (rule, level) = (escaped(&finding.rule), finding.level);
            let message = escaped(&finding.message);
            writeln!(
                out,
                "    <testcase name=\"{rule}:{line}:{column}\" classname=\"{path}\" file=\"{path}\" line=\"{line}\">"
            )?;
            write!(out, "      <failure type=\"{level}\" message=\"{message}\">{path}:{line}:{column}")?;
            for related in &finding.related {
                let (at, words) = (escaped(&related.path), escaped(&related.message));
                write!(out, "\n{at}:{}:{} {words}", related.line, related.column)?;
            }
            if let Some(evidence) = &finding.evidence {
                write!(out, "\n{}", escaped(evidence))?;
            }
            writeln!(out, "</failure>\n    </testcase>")?;
        }
        writeln!(out, "  </testsuite>")?;
    }
    writeln!(out, "</testsuites>")?;
    Ok(())
}

/// Escapes text and attributes for XML 1.0 (sections 2.2 and 2.4): characters that it doesn't allow become U+FFFD.
fn escaped(text: &str) -> Cow<'_, str> {
    let needs = |c: char| {
        matches!(c, '&' | '<' | '>' | '"' | '\'' | '\u{fffe}' | '\u{ffff}') || (c < ' ' && c != '\t')
    };
    if !text.contains(needs) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            // Unescaped, it would be read as a space in an attribute.
            '\n' => out.push_str("&#10;"),
            '\r' => out.push_str("&#13;"),
            c if needs(c) => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_a_meaning_is_escaped() {
        for (text, expected) in [
            ("plain ü", "plain ü"),
            ("a < b && c > \"d\"", "a &lt; b &amp;&amp; c &gt; &quot;d&quot;"),
            ("it's\nhere\r", "it&apos;s&#10;here&#13;"),
            ("]]>", "]]&gt;"),
            ("\u{0}\u{1b}[31m\u{ffff}\t", "\u{fffd}\u{fffd}[31m\u{fffd}\t"),
        ] {
            assert_eq!(escaped(text), expected);
        }
    }
}
