//! `textDocument/diagnostic`: the diagnostics of one document, when the client pulls.

use crate::answer::Reply;
use crate::diagnostics::DocumentPull;
use crate::proto::{
    DiagnosticOptions, DiagnosticServerCapabilities, DocumentDiagnosticParams,
    DocumentDiagnosticReportResult, Features, ServerCapabilities, WorkDoneProgressOptions, path_of, request,
};
use crate::session::Session;
use crate::work::Pull;

pub(super) struct Handler;

impl Pull for Handler {
    type Request = request::DocumentDiagnosticRequest;

    // Between a keystroke and a pause it is answered from the typed text and earlier results.
    const SETTLES: bool = false;

    fn pull(
        session: &Session,
        params: DocumentDiagnosticParams,
        reply: Reply<DocumentDiagnosticReportResult>,
    ) {
        let path = path_of(&params.text_document.uri);
        session.answer_pull(DocumentPull { path, previous: params.previous_result_id, reply });
    }

    fn announce(can: &mut ServerCapabilities, client: &Features) {
        // Pull or push, never both: a client that gets both shows both.
        can.diagnostic_provider = client.pull.then(|| {
            DiagnosticServerCapabilities::Options(DiagnosticOptions {
                identifier: Some("architrave".to_owned()),
                inter_file_dependencies: true,
                workspace_diagnostics: true,
                work_done_progress_options: WorkDoneProgressOptions::default(),
            })
        });
    }
}
