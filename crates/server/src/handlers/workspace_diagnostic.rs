//! `workspace/diagnostic`: held until there is something to say.

use crate::answer::Reply;
use crate::diagnostics::Known;
use crate::proto::{WorkspaceDiagnosticParams, WorkspaceDiagnosticReportResult};
use crate::session::Session;

pub(crate) fn workspace_diagnostic(
    session: &mut Session,
    params: WorkspaceDiagnosticParams,
    reply: Reply<WorkspaceDiagnosticReportResult>,
) {
    let known = Known::of(params.previous_result_ids);
    let at_once = known.is_empty() && params.partial_result_params.partial_result_token.is_none();
    session.pulls.hold(known, at_once, reply);
    session.look_at_held_pulls();
}
