//! `window/workDoneProgress/cancel`: the user doesn't want to wait for the index.

use crate::proto::{WorkDoneProgressCancelParams, notification};
use crate::session::Session;
use crate::work::Notify;

pub(super) struct Handler;

impl Notify for Handler {
    type Notification = notification::WorkDoneProgressCancel;

    const SETTLES: bool = false;

    fn apply(session: &mut Session, params: WorkDoneProgressCancelParams) {
        if session.indexing.is_shown_as(&params.token) {
            session.stop_index();
        }
    }
}
