//! The thread that owns all mutable state: takes events in order, one after the other.

use std::time::Instant;

use crossbeam_channel::{Receiver, RecvTimeoutError};

use crate::event::{Answered, Event, FromClient, Watched};
use crate::handlers;
use crate::session::Session;

/// Takes events until the service ends.
pub(crate) fn run(mut session: Session, inbox: &Receiver<Event>) {
    let mut next = None;
    loop {
        let event = match next.take() {
            Some(event) => event,
            None => match wait(&session, inbox) {
                Ok(event) => event,
                Err(RecvTimeoutError::Timeout) => {
                    session.judge_due();
                    continue;
                }
                Err(RecvTimeoutError::Disconnected) => return,
            },
        };
        match event {
            Event::End => return,
            Event::Client(event) => match *event {
                // A burst of edits is one write: what was typed while we were busy is applied at once.
                FromClient::DidChange(params) => {
                    let mut burst = vec![params];
                    while let Ok(event) = inbox.try_recv() {
                        match event {
                            Event::Client(event) => match *event {
                                FromClient::DidChange(params) => burst.push(params),
                                other => next = Some(Event::Client(Box::new(other))),
                            },
                            other => next = Some(other),
                        }
                        if next.is_some() {
                            break;
                        }
                    }
                    handlers::did_change(&mut session, burst);
                }
                other => dispatch(&mut session, other),
            },
            Event::Answered(Answered::Configuration(value)) => session.set_settings(&value),
            Event::Answered(Answered::Progress(granted)) => {
                session.indexing.progress_answered(granted, &session.outbox);
            }
            Event::Watched(Watched::Paths(paths)) => handlers::watched(&mut session, &paths),
            Event::Watched(Watched::Lost) => handlers::rescan(&mut session),
            Event::Indexed(indexed) => session.on_indexed(indexed),
            Event::Diagnosed(diagnosed) => session.on_diagnosed(diagnosed),
        }
        if next.is_none() && inbox.is_empty() {
            session.judge_due();
        }
    }
}

fn wait(session: &Session, inbox: &Receiver<Event>) -> Result<Event, RecvTimeoutError> {
    match session.next_due() {
        None => inbox.recv().map_err(|_| RecvTimeoutError::Disconnected),
        Some(due) => inbox.recv_timeout(due.saturating_duration_since(Instant::now())),
    }
}

fn dispatch(session: &mut Session, event: FromClient) {
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
        FromClient::CodeAction(params, reply) => handlers::code_action(session, params, reply),
        FromClient::ResolveCodeAction(action, reply) => handlers::resolve_code_action(session, action, reply),
        FromClient::ExecuteCommand(params, reply) => handlers::execute_command(session, &params, reply),
    }
}
