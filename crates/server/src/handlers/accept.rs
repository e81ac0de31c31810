//! `architrave.acceptIntoBaseline`: writes a finding into the baseline, which is created if there is none.

use serde_json::Value;

use crate::answer::{Overtaken, Reply};
use crate::event::{BaselineChange, Event};
use crate::pool::Urgency;
use crate::proto::{self, ActionData};
use crate::session::Session;

pub(super) fn accept(session: &Session, argument: Option<&Value>, reply: Reply<Option<Value>>) {
    let data = argument.and_then(|data| serde_json::from_value::<ActionData>(data.clone()).ok());
    let Some(data) = data else {
        reply.send(Err(proto::invalid_params("this action was not offered here".to_owned())));
        return;
    };
    let (view, inbox) = (session.view(), session.inbox.clone());
    session.pool.spawn(Urgency::Now, move || {
        let outcome = view.snapshot.catch(|snapshot| ide::baseline::acceptance(snapshot, &data));
        // The writer may be waiting for it.
        drop(view);
        match outcome {
            Ok(Some(entries)) => {
                let _ = inbox.send(Event::Baseline(BaselineChange::Accept(entries, reply)));
            }
            Ok(None) => reply.send(Err(proto::content_modified())),
            Err(failure) => reply.fail(&failure, Overtaken::ContentModified),
        }
    });
}
