//! `textDocument/diagnostic`: the diagnostics of one document, when the client asks.

use crate::answer::Reply;
use crate::diagnostics::DocumentPull;
use crate::proto::{DocumentDiagnosticParams, DocumentDiagnosticReportResult, path_of};
use crate::session::Session;

pub(crate) fn diagnostic(
    session: &mut Session,
    params: DocumentDiagnosticParams,
    reply: Reply<DocumentDiagnosticReportResult>,
) {
    let path = path_of(&params.text_document.uri);
    session.answer_pull(DocumentPull { path, previous: params.previous_result_id, reply });
}
