//! `$/setTrace`: the verbosity of the editor's log, until the settings override it.

use crate::proto::{SetTraceParams, TraceValue, notification};
use crate::session::Session;
use crate::settings::LogLevel;
use crate::work::Notify;

pub(super) struct Handler;

impl Notify for Handler {
    type Notification = notification::SetTrace;

    const SETTLES: bool = false;

    fn apply(session: &mut Session, params: SetTraceParams) {
        set_verbose(session, params.value == TraceValue::Verbose);
    }
}

pub(super) fn set_verbose(session: &mut Session, verbose: bool) {
    let level = session.settings.log_level;
    session.log.set_level(if verbose { level.max(LogLevel::Debug) } else { level });
}
