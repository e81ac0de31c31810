//! Workflow commands of GitHub Actions, which are shown as annotations in the lines of a pull request.
//!
//! <https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands>: in the message `%` and line
//! breaks are escaped, in properties `:` and `,` too. Columns are left out if a finding spans lines: GitHub ignores
//! them then. Paths must be relative to the repository.

use std::io::Write;

use crate::output::json::Finding;

/// Writes one command for each finding.
///
/// # Errors
/// If the output can't be written.
pub(crate) fn write(out: &mut impl Write, findings: &[Finding]) -> anyhow::Result<()> {
    for finding in findings {
        let command = match finding.level {
            "error" => "error",
            "warning" => "warning",
            _ => "notice",
        };
        write!(out, "::{command} file={},line={}", property(&finding.path), finding.line)?;
        if finding.line == finding.end_line {
            write!(out, ",col={},endColumn={}", finding.column, finding.end_column)?;
        } else {
            write!(out, ",endLine={}", finding.end_line)?;
        }
        let title = property(&format!("architrave: {}", finding.rule));
        let mut message = finding.message.clone();
        if let Some(evidence) = &finding.evidence {
            message = format!("{message}\n{evidence}");
        }
        for related in &finding.related {
            message = format!("{message}\n{}:{}: {}", related.path, related.line, related.message);
        }
        writeln!(out, ",title={title}::{}", data(&message))?;
    }
    Ok(())
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_a_meaning_is_escaped() {
        let cases = [
            ("100 % of a, b: c", "100 %25 of a, b: c", "100 %25 of a%2C b%3A c"),
            ("a\r\nb", "a%0D%0Ab", "a%0D%0Ab"),
            ("%0A", "%250A", "%250A"),
            ("::set-output name=x::y", "::set-output name=x::y", "%3A%3Aset-output name=x%3A%3Ay"),
        ];
        for (text, in_message, in_property) in cases {
            assert_eq!(data(text), in_message);
            assert_eq!(property(text), in_property);
        }
    }
}
