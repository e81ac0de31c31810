//! A Code Quality report for GitLab.
//!
//! <https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>: a list; each finding with a
//! description, the name of the check, a unique fingerprint, a severity, and a path relative to the repository.

use std::io::Write;

use serde::Serialize;
use view::Fingerprint;

use crate::output::json::Finding;
use crate::output::write_json;

#[derive(Debug, Serialize)]
struct Issue<'a> {
    description: &'a str,
    check_name: &'a str,
    fingerprint: String,
    severity: &'static str,
    location: Location<'a>,
}

#[derive(Debug, Serialize)]
struct Location<'a> {
    path: &'a str,
    lines: Lines,
}

#[derive(Debug, Serialize)]
struct Lines {
    begin: u32,
    end: u32,
}

/// Writes the report.
///
/// # Errors
/// If the output can't be written.
pub(crate) fn write(out: &mut impl Write, findings: &[Finding]) -> anyhow::Result<()> {
    let issues: Vec<Issue<'_>> = findings
        .iter()
        .map(|finding| Issue {
            description: &finding.message,
            check_name: &finding.rule,
            // Two files may share a module name, and so a fingerprint.
            fingerprint: Fingerprint::of([finding.fingerprint.as_str(), finding.path.as_str()]).0,
            severity: match finding.level {
                "error" => "critical",
                "warning" => "major",
                "info" => "minor",
                _ => "info",
            },
            location: Location {
                path: &finding.path,
                lines: Lines { begin: finding.line, end: finding.end_line },
            },
        })
        .collect();
    write_json(out, &issues)
}
