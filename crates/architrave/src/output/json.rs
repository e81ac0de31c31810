//! Findings for programs. The shape is a contract; it only grows, and `schema` is incremented if it breaks.

use std::io::Write;

use serde::Serialize;

use crate::output::write_json;

/// The whole report.
#[derive(Debug, Serialize)]
pub(crate) struct Report {
    pub(crate) schema: u32,
    pub(crate) findings: Vec<Finding>,
    pub(crate) coverage: Coverage,
    /// The findings compared with the baseline, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) baseline: Option<Baseline>,
}

/// Accepted findings are not listed, but counted here.
#[derive(Debug, Serialize)]
pub(crate) struct Baseline {
    pub(crate) path: String,
    /// Accepted findings.
    pub(crate) accepted: usize,
    /// Obsolete entries.
    pub(crate) fixed: usize,
    /// Findings that it doesn't accept and that fail the check.
    pub(crate) new: usize,
}

/// One finding. Lines and columns are one-based, columns count characters.
#[derive(Debug, Serialize)]
pub(crate) struct Finding {
    pub(crate) rule: String,
    pub(crate) level: &'static str,
    pub(crate) path: String,
    pub(crate) line: u32,
    pub(crate) column: u32,
    pub(crate) end_line: u32,
    pub(crate) end_column: u32,
    pub(crate) message: String,
    pub(crate) evidence: Option<String>,
    pub(crate) fingerprint: String,
    pub(crate) related: Vec<Related>,
    pub(crate) modules: Vec<String>,
    pub(crate) fixes: Vec<Fix>,
}

/// A related place of a finding.
#[derive(Debug, Serialize)]
pub(crate) struct Related {
    pub(crate) path: String,
    pub(crate) line: u32,
    pub(crate) column: u32,
    pub(crate) message: String,
}

/// One way to fix it.
#[derive(Debug, Serialize)]
pub(crate) struct Fix {
    pub(crate) title: String,
    pub(crate) applicability: &'static str,
    /// What to check after a fix for review.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) caution: Option<String>,
    pub(crate) edits: Vec<Edit>,
    /// Files that it creates.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) created: Vec<NewFile>,
}

/// A file to be created.
#[derive(Debug, Serialize)]
pub(crate) struct NewFile {
    pub(crate) path: String,
    pub(crate) contents: String,
}

/// Replaces a range with a text.
#[derive(Debug, Serialize)]
pub(crate) struct Edit {
    pub(crate) path: String,
    pub(crate) line: u32,
    pub(crate) column: u32,
    pub(crate) end_line: u32,
    pub(crate) end_column: u32,
    pub(crate) text: String,
}

/// What was checked, and what could not be: a clean report about half of the files is not a clean report.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Coverage {
    /// Python files of the project.
    pub(crate) files: usize,
    /// Of these, files that are checked (no tests, migrations or generated files).
    pub(crate) judged: usize,
    /// Checked files without enough evidence for a layer.
    pub(crate) without_layer: usize,
    /// Imports that look first-party but don't resolve.
    pub(crate) unresolved_imports: usize,
    /// Files that could not be read, with the reason.
    pub(crate) unreadable: Vec<String>,
    /// Declared contracts.
    pub(crate) contracts: usize,
}

/// Writes the report.
///
/// # Errors
/// If the output can't be written.
pub(crate) fn write(out: &mut impl Write, report: &Report) -> anyhow::Result<()> {
    write_json(out, report)
}
