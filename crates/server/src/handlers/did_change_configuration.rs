//! `workspace/didChangeConfiguration`: clients that answer questions about settings send nothing of use here.

use crate::proto::DidChangeConfigurationParams;
use crate::session::Session;

pub(crate) fn did_change_configuration(session: &mut Session, params: &DidChangeConfigurationParams) {
    if session.features.configuration {
        session.outbox.ask_configuration();
    } else {
        session.set_settings(&params.settings);
    }
}
