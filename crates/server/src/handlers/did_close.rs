//! `textDocument/didClose`: the disk counts again. What was sent about the document is taken back; what is true of the
//! file comes again with the closed files, where those are shown.

use workspace::Change;

use crate::proto::{DidCloseTextDocumentParams, path_of};
use crate::session::Session;

pub(crate) fn did_close(session: &mut Session, params: &DidCloseTextDocumentParams) {
    let Some(path) = path_of(&params.text_document.uri) else { return };
    session.documents.close(&path);
    session.answer_waiting(Some(&path));
    session.pulls.forget(&path);
    session.typing.forget(&path);
    session.published.clear(&path, &session.outbox);
    session.apply(vec![Change::Close(path.clone())], Vec::new());
    // Its readers are gone now: none brings it back.
    session.last.forget(&path);
    session.schedule.changed([]);
}
