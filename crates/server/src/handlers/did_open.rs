//! `textDocument/didOpen`

use workspace::Change;

use crate::proto::{DidOpenTextDocumentParams, path_of};
use crate::session::Session;

pub(crate) fn did_open(session: &mut Session, params: DidOpenTextDocumentParams) {
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
