//! `shutdown`: nothing more is told; `exit` follows.

use crate::answer::Reply;
use crate::session::Session;

pub(crate) fn shutdown(session: &mut Session, reply: Reply<()>) {
    session.is_shut_down = true;
    session.lifecycle.note_shutdown();
    session.pulls.answer_all();
    session.stop_for_good();
    reply.send(Ok(()));
}
