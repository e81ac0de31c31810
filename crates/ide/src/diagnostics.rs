//! The findings of a file, with all places converted to bytes: what is drawn under the text.

use std::sync::Arc;

use config::Level;
use model::{Architecture, Project};
use python::Name;
use rules::typing::{Looked, Shown};
use source::{File, Span};
use view::{Finding, Fingerprint, Fix, Related, Tag};
use workspace::{Snapshot, Typed};

/// Ends the message of a finding that the baseline accepts.
pub const ACCEPTED: &str = " (accepted in the baseline)";

/// Limit on the related places listed with a diagnostic: each is a row in the editor's list of problems. If there are
/// more, the diagnostic states how many, and its hover shows them.
pub const LISTED: usize = 4;

/// A finding in displayable form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule's id.
    pub rule: &'static str,
    /// Its level.
    pub level: Level,
    /// Its span in the file.
    pub span: Span,
    /// One self-contained sentence.
    pub message: String,
    /// The evidence, if something was inferred.
    pub evidence: Option<String>,
    /// All related places, the most informative first.
    pub related: Vec<RelatedPlace>,
    /// How an editor may draw it.
    pub tag: Option<Tag>,
    /// Stable under edits above it.
    pub fingerprint: Fingerprint,
    /// The dotted names of the modules it is about.
    pub modules: Vec<Name>,
    /// Its fixes, best first.
    pub fixes: Vec<Fix>,
    /// The level without the baseline's acceptance; `None` if it isn't accepted.
    pub accepted: Option<Level>,
    /// Whether another finding is about the same problem: reports list both, editors show only that one.
    pub is_repeated: bool,
}

impl Diagnostic {
    /// The related places shown in a list of problems, and how many more there are.
    pub fn listed(&self) -> (&[RelatedPlace], usize) {
        let (listed, more) = self.related.split_at(self.related.len().min(LISTED));
        (listed, more.len())
    }
}

/// A related place of a diagnostic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelatedPlace {
    /// The file.
    pub file: File,
    /// The span in it.
    pub span: Span,
    /// What is there.
    pub message: String,
}

/// The diagnostics of `file`, sorted by position. Empty if it isn't code of an opened folder.
pub fn diagnostics(snapshot: &Snapshot, file: File) -> Vec<Diagnostic> {
    let Some((project, file)) = snapshot.project_of(file.path(snapshot.db())) else { return Vec::new() };
    show(snapshot, file, &snapshot.check(project, file))
}

/// As [`diagnostics`], those about directions, contracts and cycles alone, without the work of other rules.
pub fn layer_diagnostics(snapshot: &Snapshot, file: File) -> Vec<Diagnostic> {
    let Some((project, file)) = snapshot.project_of(file.path(snapshot.db())) else { return Vec::new() };
    show(snapshot, file, &rules::query::check_layers(snapshot.db(), project, file))
}

/// As [`diagnostics`], before the project is indexed: only what no file not yet read could refute.
pub fn early_diagnostics(snapshot: &Snapshot, file: File) -> Vec<Diagnostic> {
    let Some((project, file)) = snapshot.project_of(file.path(snapshot.db())) else { return Vec::new() };
    show(snapshot, file, &rules::early(snapshot.db(), project, file))
}

/// Findings visible in the newest text of an open buffer alone: of rules that [`rules::typing::is_at_once`] accepts,
/// checked against a slightly older `architecture`. `None` while the text has syntax errors, or once `cancelled`
/// returns true. The diagnostics are omitted if they are those found when `before` was checked, moved along.
pub fn typed_diagnostics(
    snapshot: &Snapshot,
    project: Project,
    file: File,
    typed: &Typed,
    architecture: &Arc<Architecture>,
    before: Option<&Looked>,
    cancelled: &dyn Fn() -> bool,
) -> Option<(Option<Vec<Diagnostic>>, Looked)> {
    let text = &typed.text;
    let Shown { findings, looked } =
        rules::typing::typed(snapshot.db(), project, file, text, architecture, before, cancelled)?;
    let Some(findings) = findings else { return Some((None, looked)) };
    let mut diagnostics = show(snapshot, file, &findings);
    // Queries know places of an older text.
    for (diagnostic, finding) in diagnostics.iter_mut().zip(&findings) {
        for (place, related) in diagnostic.related.iter_mut().zip(&finding.related) {
            if related.file == file {
                place.span = view::mark(text.as_str(), related.place.span(&looked.module.spans));
            }
        }
    }
    Some((Some(diagnostics), looked))
}

impl Diagnostic {
    /// The same in the newest text of `file`, given that it was about text number `from`. `None` if its span was
    /// deleted.
    #[must_use]
    pub fn moved(&self, file: File, typed: &Typed, from: u64) -> Option<Self> {
        let mut moved = Self { span: typed.moved(self.span, from)?, ..self.clone() };
        moved.related.retain_mut(|place| {
            if place.file != file {
                return true;
            }
            let span = typed.moved(place.span, from);
            place.span = span.unwrap_or(place.span);
            span.is_some()
        });
        Some(moved)
    }
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
            is_repeated: finding.is_repeated,
        })
        .collect()
}

fn locate(snapshot: &Snapshot, related: &Related) -> RelatedPlace {
    let span = related.place.span(&python::query::spans(snapshot.db(), related.file));
    let text = source::query::text(snapshot.db(), related.file);
    RelatedPlace {
        file: related.file,
        span: view::mark(text.as_str(), span),
        message: related.message.clone(),
    }
}
