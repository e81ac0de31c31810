//! `workspace/didChangeConfiguration`: clients that answer requests for settings send nothing of use here.

use crate::proto::{DidChangeConfigurationParams, notification};
use crate::session::Session;
use crate::work::Notify;

pub(super) struct Handler;

impl Notify for Handler {
    type Notification = notification::DidChangeConfiguration;

    fn apply(session: &mut Session, params: DidChangeConfigurationParams) {
        if session.features.configuration {
            session.outbox.ask_configuration();
        } else {
            session.set_settings(&params.settings);
        }
    }
}
