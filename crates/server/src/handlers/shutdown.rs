//! `shutdown`: nothing more is sent; `exit` follows.

use crate::answer::Reply;
use crate::proto::request;
use crate::session::Session;
use crate::work::Phase;

pub(super) struct Handler;

impl Phase for Handler {
    type Request = request::Shutdown;

    fn enter(session: &mut Session, (): (), reply: Reply<()>) {
        session.settle_for(true);
        session.is_shut_down = true;
        session.lifecycle.note_shutdown();
        session.pulls.answer_all();
        session.stop_for_good();
        reply.send(Ok(()));
    }
}
