//! The thread that owns all mutable state: processes events in order, one at a time.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Instant;

use crossbeam_channel::{Receiver, RecvTimeoutError};

use crate::event::{Event, Watched};
use crate::handlers;
use crate::outbox::Answered;
use crate::proto::DidChangeTextDocumentParams;
use crate::session::Session;

/// Processes events until the service ends. A panic becomes a line in the log: its request is answered with an error
/// because its reply is dropped, and the next event finds the session in the state it reached.
pub(crate) fn run(mut session: Session, inbox: &Receiver<Event>) {
    let mut next = None;
    loop {
        let event = match next.take().map_or_else(|| wait(&session, inbox), Ok) {
            Ok(Event::End) | Err(RecvTimeoutError::Disconnected) => return,
            Ok(event) => Some(event),
            Err(RecvTimeoutError::Timeout) => None,
        };
        let turn = AssertUnwindSafe(|| {
            session.begin_turn(Instant::now());
            if let Some(event) = event {
                next = take(&mut session, event, inbox);
            }
            // Events in the inbox may change what has to be checked.
            if next.is_none() && inbox.is_empty() {
                session.begin_turn(Instant::now());
                session.check_due();
            }
        });
        if catch_unwind(turn).is_err() {
            tracing::error!("the main loop panicked: an event was lost");
        }
    }
}

/// Processes one event. Returns one that was taken from the inbox too early.
pub(crate) fn take(session: &mut Session, event: Event, inbox: &Receiver<Event>) -> Option<Event> {
    match event {
        Event::Client(event) => handlers::dispatch(session, event),
        Event::Edited(params) => return take_burst(session, params, inbox),
        Event::CutOff(cut_off) => {
            if cut_off.outlives_edits || cut_off.edits == session.edits {
                handlers::dispatch(session, cut_off.request);
            } else {
                cut_off.request.give_up();
            }
        }
        Event::Answered(Answered::Configuration(value)) => session.set_settings(&value),
        Event::Answered(Answered::Progress(granted)) => {
            session.indexing.progress_answered(granted, session.now, &session.outbox);
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
            Event::Edited(params) => burst.push(params),
            other => after = Some(other),
        }
    }
    handlers::edit(session, burst);
    after
}

fn wait(session: &Session, inbox: &Receiver<Event>) -> Result<Event, RecvTimeoutError> {
    match session.next_due() {
        None => inbox.recv().map_err(|_| RecvTimeoutError::Disconnected),
        Some(due) => inbox.recv_timeout(due.saturating_duration_since(Instant::now())),
    }
}
