//! Diagnostics for clients that pull: their last answers, and the requests that wait for an answer.
//!
//! A workspace pull is held until there is something to report (clients repeat it immediately, forever), but a first
//! one without a token for partial results is answered when the workspace is known. A document's pull is held while
//! nothing is known of the document.

use std::collections::BTreeSet;

use camino::{Utf8Path, Utf8PathBuf};
use rustc_hash::FxHashMap;

use super::workspace::Memory;
use super::{Known, Look, Report, ResultId};
use crate::answer::Reply;
use crate::proto::Diagnostic;
use crate::proto::{
    DocumentDiagnosticReport, DocumentDiagnosticReportResult, FullDocumentDiagnosticReport,
    RelatedFullDocumentDiagnosticReport, RelatedUnchangedDocumentDiagnosticReport,
    UnchangedDocumentDiagnosticReport, WorkspaceDiagnosticReport, WorkspaceDiagnosticReportResult,
    WorkspaceDocumentDiagnosticReport, WorkspaceFullDocumentDiagnosticReport,
};

/// The last answers to pulls, and the waiting pulls.
#[derive(Debug, Default)]
pub(crate) struct Pulls {
    answered: FxHashMap<Utf8PathBuf, ResultId>,
    /// Edited since they were answered: the client will pull them anyway.
    edited: BTreeSet<Utf8PathBuf>,
    held: Vec<Held>,
    held_documents: Vec<DocumentPull>,
    tickets: u64,
    /// What the client was sent about closed files.
    pub(crate) memory: Memory,
}

/// A document's pull.
#[derive(Debug)]
pub(crate) struct DocumentPull {
    /// The document; `None` if its URI is not a path.
    pub(crate) path: Option<Utf8PathBuf>,
    /// The name of the set that the client knows.
    pub(crate) previous: Option<String>,
    pub(crate) reply: Reply<DocumentDiagnosticReportResult>,
}

/// A workspace pull.
#[derive(Debug)]
pub(crate) struct WorkspacePull {
    /// What the client knows.
    pub(crate) known: Known,
    /// Whether it must be answered even if there is nothing to report.
    pub(crate) at_once: bool,
    pub(crate) reply: Reply<WorkspaceDiagnosticReportResult>,
}

/// A workspace pull that waits.
#[derive(Debug)]
struct Held {
    ticket: u64,
    /// What the client knows.
    known: Known,
    /// Whether it must be answered even if there is nothing to report.
    at_once: bool,
    /// Whether it is being processed.
    is_running: bool,
    /// Something changed while it was being processed: the result may be outdated.
    is_stale: bool,
    reply: Reply<WorkspaceDiagnosticReportResult>,
}

impl Pulls {
    /// Records that a document was answered with this set.
    pub(crate) fn note(&mut self, path: Utf8PathBuf, id: ResultId) {
        self.edited.remove(&path);
        self.answered.insert(path, id);
    }

    /// Records that documents were edited.
    pub(crate) fn note_edited(&mut self, paths: &[Utf8PathBuf]) {
        self.edited.extend(paths.iter().cloned());
    }

    /// Forgets a closed document.
    pub(crate) fn forget(&mut self, path: &Utf8Path) {
        self.answered.remove(path);
        self.edited.remove(path);
    }

    /// The last answers for open documents that were not edited since.
    pub(crate) fn answered(&self) -> Vec<(Utf8PathBuf, ResultId)> {
        let asked = self.answered.iter().filter(|(path, _)| !self.edited.contains(*path));
        asked.map(|(path, id)| (path.clone(), *id)).collect()
    }

    /// Holds a document's pull.
    pub(crate) fn hold_document(&mut self, pull: DocumentPull) {
        self.held_documents.retain(|held| !held.reply.is_cancelled());
        self.held_documents.push(pull);
    }

    /// The held pulls of the document at `path`, or of all.
    pub(crate) fn take_documents(&mut self, path: Option<&Utf8Path>) -> Vec<DocumentPull> {
        let is_asked = |pull: &mut DocumentPull| path.is_none_or(|path| pull.path.as_deref() == Some(path));
        self.held_documents.extract_if(.., is_asked).collect()
    }

    /// Holds a workspace pull.
    pub(crate) fn hold(&mut self, pull: WorkspacePull) {
        let WorkspacePull { known, at_once, reply } = pull;
        self.tickets += 1;
        self.held.push(Held {
            ticket: self.tickets,
            known,
            at_once,
            is_running: false,
            is_stale: false,
            reply,
        });
    }

    /// The pulls to process now: number, and what the client knows. Cancelled ones are dropped, those in progress will
    /// be processed once more.
    pub(crate) fn take_waiting(&mut self) -> Vec<(u64, Known)> {
        self.held.retain(|held| !held.reply.is_cancelled());
        let mut waiting = Vec::new();
        for held in &mut self.held {
            if held.is_running {
                held.is_stale = true;
            } else {
                held.is_running = true;
                waiting.push((held.ticket, held.known.clone()));
            }
        }
        waiting
    }

    /// A pull was processed. It is answered if there is something to report, or if it must be. Returns `true` if it has
    /// to be processed again: it was cancelled, or something changed meanwhile.
    pub(crate) fn looked_at(&mut self, ticket: u64, outcome: Option<Look>) -> bool {
        let outcome = outcome.map(|look| {
            self.memory = look.memory;
            look.reports
        });
        let Some(index) = self.held.iter().position(|held| held.ticket == ticket) else { return false };
        let held = &mut self.held[index];
        held.is_running = false;
        let is_stale = std::mem::take(&mut held.is_stale);
        match outcome {
            Some(reports) if !is_stale && (held.at_once || !reports.is_empty()) => {
                self.held.swap_remove(index).reply.send(Ok(workspace_result(reports)));
                false
            }
            Some(_) => is_stale,
            None => true,
        }
    }

    /// Answers the pulls that must be answered even if there is nothing to report.
    pub(crate) fn answer_at_once(&mut self) {
        for held in self.held.extract_if(.., |held| held.at_once) {
            held.reply.send(Ok(workspace_result(Vec::new())));
        }
    }

    /// Answers all waiting pulls with nothing to report: the server is ending.
    pub(crate) fn answer_all(&mut self) {
        for held in self.held.drain(..) {
            held.reply.send(Ok(workspace_result(Vec::new())));
        }
        for held in self.held_documents.drain(..) {
            held.reply.send(Ok(document_result(Vec::new(), held.previous.as_deref()).1));
        }
    }
}

fn workspace_result(reports: Vec<Report>) -> WorkspaceDiagnosticReportResult {
    let items = reports
        .into_iter()
        .map(|report| {
            WorkspaceDocumentDiagnosticReport::Full(WorkspaceFullDocumentDiagnosticReport {
                uri: report.uri,
                version: report.version.map(i64::from),
                full_document_diagnostic_report: full(report.id, report.diagnostics),
            })
        })
        .collect();
    WorkspaceDiagnosticReportResult::Report(WorkspaceDiagnosticReport { items })
}

fn full(id: ResultId, items: Vec<Diagnostic>) -> FullDocumentDiagnosticReport {
    FullDocumentDiagnosticReport { result_id: Some(id.to_string()), items }
}

/// The answer to a document's pull of a client that knows the set `previous`.
pub(crate) fn document_result(
    diagnostics: Vec<Diagnostic>,
    previous: Option<&str>,
) -> (ResultId, DocumentDiagnosticReportResult) {
    let id = ResultId::of(&diagnostics);
    let report = if previous == Some(id.to_string().as_str()) {
        DocumentDiagnosticReport::Unchanged(RelatedUnchangedDocumentDiagnosticReport {
            related_documents: None,
            unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport {
                result_id: id.to_string(),
            },
        })
    } else {
        DocumentDiagnosticReport::Full(RelatedFullDocumentDiagnosticReport {
            related_documents: None,
            full_document_diagnostic_report: full(id, diagnostics),
        })
    };
    (id, DocumentDiagnosticReportResult::Report(report))
}
