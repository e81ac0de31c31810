//! `architrave.acceptIntoBaseline` and `architrave.acceptFileIntoBaseline`: write findings into the baseline, which is
//! created if there is none.

use ide::baseline::Entries;
use serde_json::Value;
use workspace::Snapshot;

use crate::answer::{Reply, Stale};
use crate::event::{BaselineChange, Event};
use crate::pool::Urgency;
use crate::proto::{self, path_written};
use crate::render::ActionData;
use crate::session::Session;

/// Accepts the finding that a code action was offered for; the argument is the action's data.
pub(super) fn accept(session: &Session, argument: Option<&Value>, reply: Reply<Option<Value>>) {
    let data = argument.and_then(|data| serde_json::from_value::<ActionData>(data.clone()).ok());
    let Some(data) = data else {
        reply.send(Err(proto::invalid_params("this action was not offered here".to_owned())));
        return;
    };
    write(session, reply, move |snapshot| ide::baseline::acceptance(snapshot, &data));
}

/// Accepts all findings of the file that the argument names as `{path}`, a URI or an absolute path.
pub(super) fn accept_file(session: &Session, argument: Option<&Value>, reply: Reply<Option<Value>>) {
    let written = argument.and_then(|argument| argument["path"].as_str()).unwrap_or_default();
    let Some(path) = path_written(written) else {
        reply.send(Err(proto::invalid_params(format!("`{written}` is no path of a file"))));
        return;
    };
    write(session, reply, move |snapshot| ide::baseline::acceptance_of_file(snapshot, &path));
}

/// Determines what to accept and lets the writer write it; the answer is the number of findings.
fn write(
    session: &Session,
    reply: Reply<Option<Value>>,
    find: impl Fn(&Snapshot) -> Option<Entries> + Send + 'static,
) {
    let (view, inbox) = (session.view(), session.inbox.clone());
    session.pool.spawn(Urgency::Now, move || {
        let outcome = view.snapshot.catch(find);
        // The writer may be waiting for it.
        drop(view);
        match outcome {
            Ok(Some(entries)) => {
                let _ = inbox.send(Event::Baseline(BaselineChange::Accept(entries, reply)));
            }
            Ok(None) => reply.send(Err(proto::content_modified())),
            Err(failure) => reply.fail(&failure, Stale::ContentModified),
        }
    });
}
