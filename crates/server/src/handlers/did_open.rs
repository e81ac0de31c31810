//! `textDocument/didOpen`

use workspace::Change;

use crate::proto::{self, DidOpenTextDocumentParams, Features, ServerCapabilities, notification, path_of};
use crate::session::Session;
use crate::work::Notify;

pub(super) struct Handler;

impl Notify for Handler {
    type Notification = notification::DidOpenTextDocument;

    fn apply(session: &mut Session, params: DidOpenTextDocumentParams) {
        let document = params.text_document;
        let Some(path) = path_of(&document.uri) else {
            if document.uri.scheme().as_str().contains("notebook") && !session.has_seen_notebook {
                session.has_seen_notebook = true;
                tracing::info!("cells of notebooks are left alone: they are no modules that others import");
            }
            tracing::debug!("{} is no file: not served", document.uri.as_str());
            return;
        };
        session.documents.open(path.clone(), document.uri, document.version);
        session.published.reopen(&path);
        let open = Change::Open { path: path.clone(), version: document.version, text: document.text.into() };
        session.apply(vec![open], vec![path]);
    }

    fn announce(can: &mut ServerCapabilities, _: &Features) {
        proto::sync(can).open_close = Some(true);
    }
}
