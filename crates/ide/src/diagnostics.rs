//! The findings of a file, with every place turned into bytes: what is drawn under the text.

use config::Level;
use python::Name;
use rules::{Finding, Fingerprint, Fix, Related, Tag};
use source::{File, Span};
use workspace::Snapshot;

/// Ends the message of a finding that the baseline accepts.
pub const ACCEPTED: &str = " (accepted in the baseline)";

/// A finding as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule's id.
    pub rule: &'static str,
    /// How loudly.
    pub level: Level,
    /// Where in the file.
    pub span: Span,
    /// One sentence that stands alone.
    pub message: String,
    /// Why it is believed, where something was inferred.
    pub evidence: Option<String>,
    /// Places that explain it.
    pub related: Vec<RelatedPlace>,
    /// How an editor may draw it.
    pub tag: Option<Tag>,
    /// Survives edits above it.
    pub fingerprint: Fingerprint,
    /// The dotted names of the modules it is about.
    pub modules: Vec<Name>,
    /// How it may be mended, best first.
    pub fixes: Vec<Fix>,
    /// The level it would have if the baseline did not accept it; nothing where it doesn't.
    pub accepted: Option<Level>,
}

/// A place that explains a diagnostic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelatedPlace {
    /// Which file.
    pub file: File,
    /// Where in it.
    pub span: Span,
    /// What is to be seen there.
    pub message: String,
}

/// What is shown in `file`, sorted by place. Nothing where no opened folder holds it as code.
pub fn diagnostics(snapshot: &Snapshot, file: File) -> Vec<Diagnostic> {
    let Some((project, file)) = snapshot.project_of(file.path(snapshot.db())) else { return Vec::new() };
    show(snapshot, file, &snapshot.check(project, file))
}

/// As [`diagnostics`], before the project is indexed: only what no file not yet read could refute.
pub fn early_diagnostics(snapshot: &Snapshot, file: File) -> Vec<Diagnostic> {
    let Some((project, file)) = snapshot.project_of(file.path(snapshot.db())) else { return Vec::new() };
    show(snapshot, file, &rules::early(snapshot.db(), project, file))
}

fn show(snapshot: &Snapshot, file: File, findings: &[Finding]) -> Vec<Diagnostic> {
    findings
        .iter()
        .map(|finding| (finding, snapshot.accepted(file, &finding.fingerprint.0).is_some()))
        .map(|(finding, is_accepted)| Diagnostic {
            rule: finding.rule,
            level: if is_accepted { Level::Hint } else { finding.level },
            span: finding.span,
            message: if is_accepted {
                format!("{}{ACCEPTED}", finding.message)
            } else {
                finding.message.clone()
            },
            accepted: is_accepted.then_some(finding.level),
            evidence: finding.evidence.clone(),
            related: finding.related.iter().map(|related| locate(snapshot, related)).collect(),
            tag: finding.tag,
            fingerprint: finding.fingerprint.clone(),
            modules: finding.modules.clone(),
            fixes: finding.fixes.clone(),
        })
        .collect()
}

fn locate(snapshot: &Snapshot, related: &Related) -> RelatedPlace {
    let span = related.place.span(&python::query::spans(snapshot.db(), related.file));
    RelatedPlace { file: related.file, span, message: related.message.clone() }
}
