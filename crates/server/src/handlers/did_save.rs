//! `textDocument/didSave`: the file may be new on disk, and then belongs to its folder; and what was mended in it leaves the
//! baseline.

use workspace::Change;

use crate::proto::{DidSaveTextDocumentParams, path_of};
use crate::session::Session;

pub(crate) fn did_save(session: &mut Session, params: &DidSaveTextDocumentParams) {
    if let Some(path) = path_of(&params.text_document.uri) {
        session.apply(vec![Change::Disk(vec![path])], Vec::new());
        session.look_at_baselines();
    }
}
