//! `architrave.show`: makes the client show a place after the edits that created it are applied. A code action can name
//! a command to run after its edits, but not a place to show.

use serde_json::Value;

use crate::answer::Reply;
use crate::proto::{self, ExecuteCommandParams, ShowDocumentParams};
use crate::session::Session;

pub(crate) fn show(session: &Session, params: &ExecuteCommandParams, reply: Reply<Option<Value>>) {
    let argument = params.arguments.first().cloned().unwrap_or_default();
    match serde_json::from_value::<ShowDocumentParams>(argument) {
        Ok(params) => {
            session.outbox.show_document(params);
            reply.send(Ok(None));
        }
        Err(error) => reply.send(Err(proto::invalid_params(error.to_string()))),
    }
}
