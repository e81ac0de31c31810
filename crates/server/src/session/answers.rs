//! Answers requests on the pool, each from the state at its arrival.
//!
//! A write cancels readers. If no document was edited, the cause was our own (eviction, files on disk): the request is
//! restarted, and the client doesn't notice. If one was, the client gets an error that the text changed: its positions
//! are about another text. Only requests that clients don't repeat are answered all the same
//! ([`crate::work::Read::OUTLIVES_EDITS`]).

use std::time::Instant;

use workspace::Failure;

use super::{Session, provoke_panic};
use crate::answer::{Reply, Stale};
use crate::event::{CutOff, Event, FromClient};
use crate::pool::Urgency;
use crate::proto;
use crate::view::View;

/// A request that is answered from a view.
pub(crate) struct Question<P, T> {
    /// For the log.
    pub(crate) method: &'static str,
    pub(crate) params: Box<P>,
    pub(crate) reply: Reply<T>,
    /// Creates the request again.
    pub(crate) again: fn(Box<P>, Reply<T>) -> FromClient,
    /// See [`crate::work::Read::OUTLIVES_EDITS`].
    pub(crate) outlives_edits: bool,
}

impl Session {
    /// Answers a request on the pool.
    pub(crate) fn answer<P: Send + 'static, T: Send + 'static>(
        &self,
        question: Question<P, T>,
        work: fn(&View, &P) -> proto::Result<T>,
    ) {
        self.answer_noting(question, move |view, params| Ok((work(view, params)?, None)));
    }

    /// Answers a request on the pool; its side results come as an event.
    pub(crate) fn answer_noting<P: Send + 'static, T: Send + 'static>(
        &self,
        question: Question<P, T>,
        work: impl FnOnce(&View, &P) -> proto::Result<(T, Option<Event>)> + Send + 'static,
    ) {
        let (view, inbox, edits) = (self.view(), self.inbox.clone(), self.edits);
        let span = tracing::debug_span!("request", method = question.method);
        self.pool.spawn(Urgency::Now, move || {
            let _entered = span.enter();
            let Question { method, params, reply, again, outlives_edits } = question;
            if reply.is_cancelled() {
                return;
            }
            let began = Instant::now();
            let outcome = view.snapshot.catch(|_| {
                provoke_panic(method);
                work(&view, &params)
            });
            // Typing meanwhile cancelled nothing, but made the answer one about another text.
            let is_newest = view.snapshot.is_newest();
            let outcome = outcome.and_then(|answer| is_newest.then_some(answer).ok_or(Failure::Cancelled));
            // The writer may be waiting for it.
            drop(view);
            tracing::debug!(
                method,
                milliseconds = began.elapsed().as_secs_f64() * 1e3,
                is_answered = outcome.is_ok(),
                "worked on a request"
            );
            match outcome {
                Ok(Ok((answer, event))) => {
                    if let Some(event) = event {
                        let _ = inbox.send(event);
                    }
                    reply.send(Ok(answer));
                }
                Ok(Err(error)) => reply.send(Err(error)),
                Err(Failure::Cancelled) => {
                    let request = again(params, reply);
                    let _ = inbox.send(Event::CutOff(CutOff { request, edits, outlives_edits }));
                }
                Err(failure @ Failure::Panicked(_)) => {
                    if let Failure::Panicked(message) = &failure {
                        tracing::error!("{method} panicked: {message}");
                    }
                    reply.fail(&failure, Stale::ContentModified);
                }
            }
        });
    }
}
