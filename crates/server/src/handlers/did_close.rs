//! `textDocument/didClose`: the disk counts again. The document's diagnostics are cleared; the file's current ones come
//! again with the closed files, if those are shown.

use workspace::Change;

use crate::proto::{DidCloseTextDocumentParams, notification, path_of};
use crate::session::Session;
use crate::work::Notify;

pub(super) struct Handler;

impl Notify for Handler {
    type Notification = notification::DidCloseTextDocument;

    fn apply(session: &mut Session, params: DidCloseTextDocumentParams) {
        let Some(path) = path_of(&params.text_document.uri) else { return };
        session.documents.close(&path);
        session.answer_waiting(Some(&path));
        session.pulls.forget(&path);
        session.typing.forget(&path);
        session.published.clear(&path, &session.outbox);
        session.apply(vec![Change::Close(path.clone())], Vec::new());
        // Its readers are gone now, so none restores it.
        session.forget_found(&path);
        session.schedule.changed([], session.now);
    }
}
