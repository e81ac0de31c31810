//! `textDocument/didChange`: edits are applied in order and at once, never postponed.

use workspace::Change;

use crate::proto::{
    self, DidChangeTextDocumentParams, Features, ServerCapabilities, TextDocumentSyncKind, notification,
    path_of,
};
use crate::session::Session;
use crate::work::Burst;

pub(super) struct Handler;

impl Burst for Handler {
    type Notification = notification::DidChangeTextDocument;

    fn apply(session: &mut Session, burst: Vec<DidChangeTextDocumentParams>) {
        let encoding = session.features.encoding;
        let mut changes = Vec::with_capacity(burst.len());
        let mut edited = Vec::new();
        for params in burst {
            let Some(path) = path_of(&params.text_document.uri) else { continue };
            let version = params.text_document.version;
            changes.push(Change::Edit {
                path: path.clone(),
                version,
                edits: proto::changes(params.content_changes),
                encoding,
            });
            if !edited.contains(&path) {
                edited.push(path);
            }
        }
        for path in &edited {
            // They were about an older text.
            session.answer_waiting(Some(path));
        }
        session.type_in(changes, edited.clone());
        for path in edited {
            // A rejected edit does not change the document's version.
            if let Some(version) = session.workspace.version(&path) {
                session.documents.set_version(&path, version);
            }
        }
    }

    fn announce(can: &mut ServerCapabilities, _: &Features) {
        proto::sync(can).change = Some(TextDocumentSyncKind::INCREMENTAL);
    }
}
