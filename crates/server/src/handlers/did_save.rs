//! `textDocument/didSave`: the file may be new on disk, and then belongs to its folder; and what was fixed in it is
//! removed from the baseline.

use workspace::Change;

use crate::proto::{
    self, DidSaveTextDocumentParams, Features, SaveOptions, ServerCapabilities, TextDocumentSyncSaveOptions,
    notification, path_of,
};
use crate::session::Session;
use crate::work::Notify;

pub(super) struct Handler;

impl Notify for Handler {
    type Notification = notification::DidSaveTextDocument;

    fn apply(session: &mut Session, params: DidSaveTextDocumentParams) {
        if let Some(path) = path_of(&params.text_document.uri) {
            session.apply(vec![Change::Disk(vec![path])], Vec::new());
            session.look_at_baselines();
        }
    }

    fn announce(can: &mut ServerCapabilities, _: &Features) {
        let options = SaveOptions { include_text: Some(false) };
        proto::sync(can).save = Some(TextDocumentSyncSaveOptions::SaveOptions(options));
    }
}
