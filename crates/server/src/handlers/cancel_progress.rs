//! `window/workDoneProgress/cancel`: the user doesn't want to wait for the index.

use crate::proto::WorkDoneProgressCancelParams;
use crate::session::Session;

pub(crate) fn cancel_progress(session: &mut Session, params: &WorkDoneProgressCancelParams) {
    if session.indexing.is_shown_as(&params.token) {
        session.stop_index();
    }
}
