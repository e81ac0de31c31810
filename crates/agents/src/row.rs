//! A finding for agents: short, with its fixes.

use camino::Utf8Path;
use config::Level;
use ide::Diagnostic;
use serde::Serialize;
use source::{File, PositionEncoding, Span};
use workspace::Snapshot;

use crate::{command, session};

/// Limit on the places and fixes of a finding.
const FEW: usize = 3;

/// The rule whose related places are the imports of a cycle, in order.
const CYCLES: &str = "circular-import";

/// A finding.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Row {
    pub(crate) rule: &'static str,
    pub(crate) level: &'static str,
    /// `shop/orders.py:12`
    pub(crate) place: String,
    pub(crate) message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) why: Option<String>,
    pub(crate) fingerprint: String,
    /// `shop/db.py:3 defined here`
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) related: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) fixes: Vec<FixRow>,
    #[serde(skip)]
    pub(crate) severity: Level,
    #[serde(skip)]
    pub(crate) path: String,
    /// The marked text, for finding it again in a moved file.
    #[serde(skip)]
    pub(crate) marked: String,
    /// The number of modules concerned.
    #[serde(skip)]
    pub(crate) extent: usize,
    /// The files of a cycle of imports, in order.
    #[serde(skip)]
    pub(crate) hops: Vec<String>,
}

/// One way to fix it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct FixRow {
    pub(crate) title: String,
    /// `safe` or `review`
    pub(crate) applicability: &'static str,
    /// The command that carries it out, if any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) command: Option<String>,
}

/// `shop/orders.py:12`
pub(crate) fn place(snapshot: &Snapshot, file: File, span: Span) -> String {
    let path = session::relative(snapshot, file.path(snapshot.db()));
    format!("{path}:{}", snapshot.text(file).position(span.start, PositionEncoding::Utf8).line + 1)
}

/// The findings of a file that the baseline does not accept, the most severe first.
pub(crate) fn of_file(snapshot: &Snapshot, file: File) -> Vec<Row> {
    rows(snapshot, file, &ide::diagnostics(snapshot, file))
}

/// As [`of_file`], those about directions, contracts and cycles.
pub(crate) fn about_layers(snapshot: &Snapshot, file: File) -> Vec<Row> {
    rows(snapshot, file, &ide::layer_diagnostics(snapshot, file))
}

fn rows(snapshot: &Snapshot, file: File, found: &[Diagnostic]) -> Vec<Row> {
    let new = found.iter().filter(|diagnostic| diagnostic.accepted.is_none());
    let mut rows: Vec<Row> = new.map(|diagnostic| row(snapshot, file, diagnostic)).collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.severity));
    rows
}

/// One finding.
pub(crate) fn row(snapshot: &Snapshot, file: File, diagnostic: &Diagnostic) -> Row {
    let related = diagnostic.related.iter().take(FEW);
    let text = snapshot.text(file);
    Row {
        rule: diagnostic.rule,
        level: diagnostic.level.as_str(),
        place: place(snapshot, file, diagnostic.span),
        message: diagnostic.message.clone(),
        why: diagnostic.evidence.clone(),
        fingerprint: diagnostic.fingerprint.0.clone(),
        related: related
            .map(|related| format!("{} {}", place(snapshot, related.file, related.span), related.message))
            .collect(),
        fixes: diagnostic.fixes.iter().take(FEW).map(|fix| fix_row(snapshot, file, fix)).collect(),
        severity: diagnostic.level,
        path: session::relative(snapshot, file.path(snapshot.db())).to_owned(),
        marked: text.slice(diagnostic.span).to_owned(),
        extent: diagnostic.modules.len(),
        hops: if diagnostic.rule == CYCLES { files(snapshot, diagnostic) } else { Vec::new() },
    }
}

/// The files of the places that explain a finding.
fn files(snapshot: &Snapshot, diagnostic: &Diagnostic) -> Vec<String> {
    let paths = diagnostic.related.iter().map(|related| related.file.path(snapshot.db()));
    paths.map(|path| session::relative(snapshot, path).to_owned()).collect()
}

fn fix_row(snapshot: &Snapshot, file: File, fix: &view::Fix) -> FixRow {
    FixRow {
        title: fix.title.clone(),
        applicability: match fix.applicability {
            view::Applicability::Safe => "safe",
            view::Applicability::Review => "review",
        },
        command: command::of_fix(snapshot, file, fix),
    }
}

/// Whether a path of the project is one of the checked Python files.
pub(crate) fn is_python(path: &Utf8Path) -> bool {
    matches!(path.extension(), Some("py" | "pyi"))
}
