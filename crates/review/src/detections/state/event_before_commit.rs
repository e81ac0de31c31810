//! An event that is sent to other programs before the data that it tells of is committed.

use libraries::{Kind, kind};
use model::MessageKind;

use super::task_before_commit::{ends_after, writes_before};
use crate::claim::{Area, Level, Place};
use crate::detection::{Answers, Detection};
use crate::evidence::{Call, Evidence, Source, Value};

/// See the page.
pub static DETECTION: Detection = Detection {
    id: "event-before-commit",
    area: Area::State,
    title: "Events are sent after the commit",
    docs: include_str!("event_before_commit.md"),
    asvs: None,
    factor: None,
    run,
};

/// Methods that send what they are given.
const SENDS: &[&str] = &["publish", "dispatch", "emit", "send", "produce", "notify"];

fn run(evidence: &Evidence, out: &mut Answers<'_>) {
    let events: Vec<&str> = evidence
        .messages
        .iter()
        .filter(|it| it.kind == MessageKind::Event)
        .map(|it| it.name.as_str())
        .collect();
    for (source, call) in
        evidence.calls().filter(|(_, it)| it.function.is_some() && SENDS.contains(&it.called.method.as_str()))
    {
        let Some(event) = event(source, call, &events).filter(|_| leaves(evidence, call)) else { continue };
        let Some((end, words)) = ends_after(source, call).filter(|_| writes_before(source, call)) else {
            continue;
        };
        let function = call.function.as_deref().unwrap_or_default();
        let text = format!(
            "`{function}` sends `{event}` to other programs {words}: they may act on what isn't there yet, and it stays sent where the \
             commit fails."
        );
        let claim = out.contradiction(Level::Medium, &[&source.path, function, event], text);
        claim.at(Place::new(source.path.clone(), call.line)).at(Place::new(source.path.clone(), end));
        claim.recommend(format!("Send `{event}` behind the commit in `{function}`, or write it to an outbox in the same transaction."));
    }
}

/// The event that a call is given: made there, or made before and held by a variable.
fn event<'e>(source: &Source, call: &Call, events: &[&'e str]) -> Option<&'e str> {
    let of_call = |callee: Option<&str>| {
        let last = callee?.rsplit('.').next()?;
        events.iter().find(|it| **it == last).copied()
    };
    call.called.arguments.iter().find_map(|(_, value)| match value {
        Value::Call(made) => of_call(made.callee.as_deref()),
        Value::Name(name) => {
            let mut before = source.calls.iter().filter(|it| it.body == call.body && it.offset < call.offset);
            let made = before.rfind(|it| it.bound_to.as_deref() == Some(name))?;
            of_call(made.called.callee.as_deref())
        }
        _ => None,
    })
}

/// Whether a call leaves the process: the function that it calls belongs to a module with a broker's client, and the object is not
/// a bus that calls its handlers.
fn leaves(evidence: &Evidence, call: &Call) -> bool {
    let Some((owner, _)) = call.called.callee.as_deref().and_then(|it| it.rsplit_once('.')) else {
        return false;
    };
    let module = evidence.module(owner).or_else(|| evidence.module(owner.rsplit_once('.')?.0));
    module.is_some_and(|it| it.outside.iter().any(|name| kind(name) == Some(Kind::Broker)))
}
