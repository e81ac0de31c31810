//! `$/setTrace`: how much the editor's log is told, until the settings say otherwise.

use crate::proto::{SetTraceParams, TraceValue};
use crate::session::Session;
use crate::settings::LogLevel;

pub(crate) fn set_trace(session: &mut Session, params: &SetTraceParams) {
    set_verbose(session, params.value == TraceValue::Verbose);
}

pub(super) fn set_verbose(session: &mut Session, verbose: bool) {
    let level = session.settings.log_level;
    session.log.set_level(if verbose { level.max(LogLevel::Debug) } else { level });
}
