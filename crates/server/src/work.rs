//! The kinds of work, each with what it may access.
//!
//! A [`Read`] has a [`View`] and nothing else, so it runs concurrently and can be restarted. A [`Pull`] has the session
//! and can't change it; its changes go through the inbox. Only a [`Notify`] or a [`Burst`] changes the session, and the
//! two [`Phase`]s that start and end it. The methods are listed in [`crate::methods`].

use crate::answer::Reply;
use crate::proto::{self, Features, Notification, Request, ServerCapabilities};
use crate::session::Session;
use crate::view::View;

/// The parameters of a request.
pub(crate) type Params<R> = <R as Request>::Params;

/// The result of a request.
pub(crate) type Answer<R> = <R as Request>::Result;

/// A request that is answered on the pool from the state at its arrival.
pub(crate) trait Read {
    /// The request.
    type Request: Request;

    /// Whether it is answered from the new text if an edit made it stale. Otherwise the client gets an error that the
    /// text changed.
    const OUTLIVES_EDITS: bool = false;

    /// The answer.
    ///
    /// # Errors
    /// The error to answer with.
    fn read(view: &View, params: &Params<Self::Request>) -> proto::Result<Answer<Self::Request>>;

    /// Announces it in the answer to `initialize`.
    fn announce(can: &mut ServerCapabilities, client: &Features);
}

/// A request that needs more than a view: it is held until there is something to report, or has several kinds of
/// answers.
pub(crate) trait Pull {
    /// The request.
    type Request: Request;

    /// Whether typed text must be visible to queries first.
    const SETTLES: bool;

    /// Answers, or arranges for an answer.
    fn pull(session: &Session, params: Params<Self::Request>, reply: Reply<Answer<Self::Request>>);

    /// Announces it in the answer to `initialize`.
    fn announce(can: &mut ServerCapabilities, client: &Features);
}

/// A notification.
pub(crate) trait Notify {
    /// The notification.
    type Notification: Notification;

    /// Whether typed text must be visible to queries first.
    const SETTLES: bool = true;

    /// Changes the session.
    fn apply(session: &mut Session, params: <Self::Notification as Notification>::Params);

    /// Requests it in the answer to `initialize`, if the protocol requires that.
    fn announce(_can: &mut ServerCapabilities, _client: &Features) {}
}

/// A notification of which several are one write.
pub(crate) trait Burst {
    /// The notification.
    type Notification: Notification;

    /// Applies consecutive notifications to the session.
    fn apply(session: &mut Session, burst: Vec<<Self::Notification as Notification>::Params>);

    /// Requests it in the answer to `initialize`.
    fn announce(can: &mut ServerCapabilities, client: &Features);
}

/// A request that starts or ends the session.
pub(crate) trait Phase {
    /// The request.
    type Request: Request;

    /// Enters the phase and answers.
    fn enter(session: &mut Session, params: Params<Self::Request>, reply: Reply<Answer<Self::Request>>);
}
