//! The thread that owns all mutable state: takes events in order, one after the other.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Instant;

use crossbeam_channel::{Receiver, RecvTimeoutError};

use crate::event::{Answered, Event, FromClient, Watched};
use crate::handlers;
use crate::proto::DidChangeTextDocumentParams;
use crate::session::Session;

/// Takes events until the service ends. One that panics is a line in the log: its request is answered with an error
/// because its reply is dropped, and the next event finds the session as far as it came.
pub(crate) fn run(mut session: Session, inbox: &Receiver<Event>) {
    let mut next = None;
    loop {
        let event = match next.take().map_or_else(|| wait(&session, inbox), Ok) {
            Ok(Event::End) | Err(RecvTimeoutError::Disconnected) => return,
            Ok(event) => Some(event),
            Err(RecvTimeoutError::Timeout) => None,
        };
        let turn = AssertUnwindSafe(|| {
            if let Some(event) = event {
                next = take(&mut session, event, inbox);
            }
            // What waits in the inbox may change what is to be judged.
            if next.is_none() && inbox.is_empty() {
                session.judge_due();
            }
        });
        if catch_unwind(turn).is_err() {
            tracing::error!("the main loop panicked: an event was lost");
        }
    }
}

/// Takes one event. Gives back one that was taken out of the inbox too early.
fn take(session: &mut Session, event: Event, inbox: &Receiver<Event>) -> Option<Event> {
    match event {
        Event::Client(event) => match *event {
            FromClient::DidChange(params) => return take_burst(session, params, inbox),
            other => dispatch(session, other),
        },
        Event::Answered(Answered::Configuration(value)) => session.set_settings(&value),
        Event::Answered(Answered::Progress(granted)) => {
            session.indexing.progress_answered(granted, &session.outbox);
        }
        Event::Watched(Watched::Paths(paths)) => handlers::watched(session, &paths),
        Event::Watched(Watched::Lost) => handlers::rescan(session),
        Event::Indexed(indexed) => session.on_indexed(indexed),
        Event::Diagnosed(diagnosed) => session.on_diagnosed(diagnosed),
        Event::Drawn(drawn) => session.on_drawn(drawn),
        Event::Baseline(change) => session.on_baseline(change),
        Event::End => {}
    }
    None
}

/// A burst of edits is one write: what was typed while we were busy is applied at once.
fn take_burst(
    session: &mut Session,
    first: DidChangeTextDocumentParams,
    inbox: &Receiver<Event>,
) -> Option<Event> {
    let mut burst = vec![first];
    let mut after = None;
    while after.is_none()
        && let Ok(event) = inbox.try_recv()
    {
        match event {
            Event::Client(event) => match *event {
                FromClient::DidChange(params) => burst.push(params),
                other => after = Some(Event::Client(Box::new(other))),
            },
            other => after = Some(other),
        }
    }
    handlers::did_change(session, burst);
    after
}

fn wait(session: &Session, inbox: &Receiver<Event>) -> Result<Event, RecvTimeoutError> {
    match session.next_due() {
        None => inbox.recv().map_err(|_| RecvTimeoutError::Disconnected),
        Some(due) => inbox.recv_timeout(due.saturating_duration_since(Instant::now())),
    }
}

/// What needs no more than what was typed and what was known before. Everything else is answered from all that was typed.
fn is_shown_while_typing(event: &FromClient) -> bool {
    matches!(
        event,
        FromClient::DidChange(_)
            | FromClient::Diagnostic(..)
            | FromClient::WorkspaceDiagnostic(..)
            | FromClient::SetTrace(_)
            | FromClient::CancelProgress(_)
    )
}

fn dispatch(session: &mut Session, event: FromClient) {
    if !is_shown_while_typing(&event) {
        session.settle();
    }
    match event {
        FromClient::Initialize(params, reply) => handlers::initialize(session, *params, reply),
        FromClient::Initialized => handlers::initialized(session),
        FromClient::Shutdown(reply) => handlers::shutdown(session, reply),
        FromClient::DidOpen(params) => handlers::did_open(session, params),
        FromClient::DidChange(params) => handlers::did_change(session, vec![params]),
        FromClient::DidSave(params) => handlers::did_save(session, &params),
        FromClient::DidClose(params) => handlers::did_close(session, &params),
        FromClient::DidChangeWatchedFiles(params) => handlers::did_change_watched_files(session, &params),
        FromClient::DidChangeWorkspaceFolders(params) => {
            handlers::did_change_workspace_folders(session, &params);
        }
        FromClient::DidChangeConfiguration(params) => handlers::did_change_configuration(session, &params),
        FromClient::SetTrace(params) => handlers::set_trace(session, &params),
        FromClient::CancelProgress(params) => handlers::cancel_progress(session, &params),
        FromClient::Diagnostic(params, reply) => handlers::diagnostic(session, params, reply),
        FromClient::WorkspaceDiagnostic(params, reply) => {
            handlers::workspace_diagnostic(session, params, reply);
        }
        FromClient::Hover(params, reply) => handlers::hover(session, params, reply),
        FromClient::Completion(params, reply) => handlers::completion(session, params, reply),
        FromClient::ResolveCompletion(item, reply) => handlers::resolve_completion(session, *item, reply),
        FromClient::PrepareCalls(params, reply) => handlers::prepare_calls(session, params, reply),
        FromClient::IncomingCalls(params, reply) => handlers::incoming_calls(session, params, reply),
        FromClient::OutgoingCalls(params, reply) => handlers::outgoing_calls(session, params, reply),
        FromClient::WorkspaceSymbol(params, reply) => handlers::workspace_symbol(session, params, reply),
        FromClient::DocumentLink(params, reply) => handlers::document_link(session, params, reply),
        FromClient::DocumentSymbol(params, reply) => handlers::document_symbol(session, params, reply),
        FromClient::CodeLens(params, reply) => handlers::code_lens(session, params, reply),
        FromClient::InlayHint(params, reply) => handlers::inlay_hint(session, params, reply),
        FromClient::CodeAction(params, reply) => handlers::code_action(session, params, reply),
        FromClient::ResolveCodeAction(action, reply) => handlers::resolve_code_action(session, action, reply),
        FromClient::WillRenameFiles(params, reply) => handlers::will_rename_files(session, params, reply),
        FromClient::DidRenameFiles(params) => handlers::did_rename_files(session, &params),
        FromClient::ExecuteCommand(params, reply) => handlers::execute_command(session, &params, reply),
    }
}
