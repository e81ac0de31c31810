//! The diagnostics of an open document.
//!
//! A finding that is still true must not vanish and come back. So between a keystroke and the next pause a document
//! shows the earlier findings, moved along with the edits; only what the new text shows by itself is checked again,
//! against the last known architecture ([`rules::typing`]). The pause brings the complete result.

use camino::Utf8Path;
use ide::Diagnostic as Finding;
use rules::typing::Looked;
use source::File;
use workspace::Typed;

use crate::found::{InDocument, Note, Numbered};
use crate::view::View;

/// The findings of an open document, in its text as typed: complete, or, while the user types in it, those available at
/// once.
pub(super) fn of_open(view: &View, file: File, typed: &Typed) -> Vec<Finding> {
    let path = view.path(file);
    if view.is_typed_in(path)
        && let Some(shown) = meanwhile(view, path, file, typed)
    {
        return shown;
    }
    let findings = ide::diagnostics(&view.snapshot, file);
    remember(view, path, typed.seen, &findings);
    if typed.seen == typed.number {
        findings
    } else {
        findings.iter().filter_map(|finding| finding.moved(file, typed, typed.seen)).collect()
    }
}

/// The earlier findings, and what the text shows by itself. `None` if there are no earlier results.
///
/// The result is for exactly this text even if the user has typed on: each request is answered for its own text. The
/// new text is checked only if it is still the newest: otherwise a later request is already waiting for it.
fn meanwhile(view: &View, path: &Utf8Path, file: File, typed: &Typed) -> Option<Vec<Finding>> {
    let mut found = view.found.get(path)?.clone();
    // Findings whose text was replaced, if only by the same text, can't be moved along: they are looked for again.
    let is_kept = |finding: &Finding| finding.moved(file, typed, found.at_once.number).is_some();
    let looked = found.at_once.looked.as_ref().filter(|_| found.at_once.findings.iter().all(is_kept));
    if found.at_once.number < typed.number
        && typed.is_newest()
        && let Some((project, file)) = view.snapshot.project_of(path)
        && let Some(architecture) = view.found.architecture(project)
        && let Some((findings, looked)) =
            ide::typed_diagnostics(&view.snapshot, project, file, typed, architecture, looked, &|| {
                !typed.is_newest()
            })
        && let Some(findings) = findings
    {
        found.at_once = Numbered { number: typed.number, findings: findings.into(), looked: Some(looked) };
        note(view, Note::AtOnce { path: path.to_owned(), at_once: found.at_once.clone() });
    }
    let mut findings: Vec<Finding> = [&found.at_once, &found.rest]
        .into_iter()
        .flat_map(|found| found.findings.iter().map(|finding| (finding, found.number)))
        .filter_map(|(finding, number)| finding.moved(file, typed, number))
        .collect();
    findings.sort_by(|a, b| (a.span, a.rule, &a.message).cmp(&(b.span, b.rule, &b.message)));
    Some(findings)
}

fn remember(view: &View, path: &Utf8Path, number: u64, findings: &[Finding]) {
    let Some((project, file)) = view.snapshot.project_of(path) else { return };
    let architecture = view.snapshot.architecture(project);
    let (at_once, rest): (Vec<Finding>, Vec<Finding>) =
        findings.iter().cloned().partition(|finding| rules::typing::is_at_once(finding.rule));
    let looked = Looked::of(view.snapshot.db(), file, &architecture);
    let found = InDocument {
        at_once: Numbered { number, findings: at_once.into(), looked: Some(looked) },
        rest: Numbered { number, findings: rest.into(), looked: None },
    };
    note(view, Note::Whole { path: path.to_owned(), found, project, architecture });
}

fn note(view: &View, note: Note) {
    // The session has ended only if the server is ending.
    let _ = view.notes.send(note);
}
