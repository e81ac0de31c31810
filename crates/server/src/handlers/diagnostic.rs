//! `textDocument/diagnostic`: the diagnostics of one document, when the client asks.

use crate::answer::{Overtaken, Reply};
use crate::diagnostics::{Diagnosed, document_result, of_file};
use crate::event::Event;
use crate::proto::{DocumentDiagnosticParams, DocumentDiagnosticReportResult, path_of};
use crate::session::Session;

pub(crate) fn diagnostic(
    session: &mut Session,
    params: DocumentDiagnosticParams,
    reply: Reply<DocumentDiagnosticReportResult>,
) {
    let inbox = session.inbox.clone();
    session.answer("textDocument/diagnostic", reply, Overtaken::Retrigger, move |view| {
        // A document that is gone has no diagnostics: clients ask once more after a rename.
        let path = path_of(&params.text_document.uri);
        let diagnostics = path.as_ref().map(|path| of_file(view, path)).unwrap_or_default();
        let (id, result) = document_result(diagnostics, params.previous_result_id.as_deref());
        if let Some(path) = path {
            let _ = inbox.send(Event::Diagnosed(Diagnosed::Pulled(path, id)));
        }
        Ok(result)
    });
}
