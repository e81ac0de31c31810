//! The kinds of work, each with what it may touch.
//!
//! A [`Read`] has a [`View`] and nothing else, so it runs beside others and can be started again. A [`Pull`] has the session
//! and can't change it; what it leaves there goes through the inbox. Only a [`Notify`] or a [`Burst`]
//! changes the session, and the two [`Phase`]s that begin and end it. The methods are listed in [`crate::methods`].

use crate::answer::Reply;
use crate::proto::{self, Features, Notification, Request, ServerCapabilities};
use crate::session::Session;
use crate::view::View;

/// The parameters of a request.
pub(crate) type Params<R> = <R as Request>::Params;

/// The result of a request.
pub(crate) type Answer<R> = <R as Request>::Result;

/// A request that is answered on the pool from what is true when it comes.
pub(crate) trait Read {
    /// The request.
    type Request: Request;

    /// Whether it is answered from the new text where an edit overtook it. Else the client hears that the text changed.
    const OUTLIVES_EDITS: bool = false;

    /// The answer.
    ///
    /// # Errors
    /// What is answered instead.
    fn read(view: &View, params: &Params<Self::Request>) -> proto::Result<Answer<Self::Request>>;

    /// Says in the answer to `initialize` that it is there.
    fn announce(can: &mut ServerCapabilities, client: &Features);
}

/// A request that needs more than a view: it is held until there is something to say, or has several kinds of answers.
pub(crate) trait Pull {
    /// The request.
    type Request: Request;

    /// Whether queries have to see first what was typed.
    const SETTLES: bool;

    /// Answers, or sees to it that somebody does.
    fn pull(session: &Session, params: Params<Self::Request>, reply: Reply<Answer<Self::Request>>);

    /// Says in the answer to `initialize` that it is there.
    fn announce(can: &mut ServerCapabilities, client: &Features);
}

/// A notification.
pub(crate) trait Notify {
    /// The notification.
    type Notification: Notification;

    /// Whether queries have to see first what was typed.
    const SETTLES: bool = true;

    /// Changes the session.
    fn apply(session: &mut Session, params: <Self::Notification as Notification>::Params);

    /// Says in the answer to `initialize` that it is wanted, where the protocol asks for that.
    fn announce(_can: &mut ServerCapabilities, _client: &Features) {}
}

/// A notification of which several are one write.
pub(crate) trait Burst {
    /// The notification.
    type Notification: Notification;

    /// Changes the session by all that came in a row.
    fn apply(session: &mut Session, burst: Vec<<Self::Notification as Notification>::Params>);

    /// Says in the answer to `initialize` that it is wanted.
    fn announce(can: &mut ServerCapabilities, client: &Features);
}

/// A request that begins or ends the session.
pub(crate) trait Phase {
    /// The request.
    type Request: Request;

    /// Enters the phase and answers.
    fn enter(session: &mut Session, params: Params<Self::Request>, reply: Reply<Answer<Self::Request>>);
}
