//! `workspace/diagnostic`: held until there is something to report.

use crate::answer::Reply;
use crate::diagnostics::{Diagnosed, Known, WorkspacePull};
use crate::event::Event;
use crate::proto::{
    Features, ServerCapabilities, WorkspaceDiagnosticParams, WorkspaceDiagnosticReportResult, request,
};
use crate::session::Session;
use crate::work::Pull;

pub(super) struct Handler;

impl Pull for Handler {
    type Request = request::WorkspaceDiagnosticRequest;

    const SETTLES: bool = false;

    fn pull(
        session: &Session,
        params: WorkspaceDiagnosticParams,
        reply: Reply<WorkspaceDiagnosticReportResult>,
    ) {
        let known = Known::of(params.previous_result_ids);
        let at_once = known.is_empty() && params.partial_result_params.partial_result_token.is_none();
        session.note(Event::Diagnosed(Diagnosed::Asked(WorkspacePull { known, at_once, reply })));
    }

    /// Announced with the diagnostics of documents.
    fn announce(_: &mut ServerCapabilities, _: &Features) {}
}
