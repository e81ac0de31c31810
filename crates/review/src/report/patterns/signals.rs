//! Signals with their receivers and senders, and tasks with the places that start them.

use std::collections::BTreeMap;

use python::naming::counted;

use super::{Pattern, SHOWN};
use crate::claim::Place;
use crate::evidence::{Evidence, Source, Value};

/// What is known about one signal or task.
#[derive(Default)]
struct Known {
    /// Where it is declared.
    place: Option<Place>,
    /// Who is called.
    receivers: Vec<String>,
    /// How many places send it.
    sent: usize,
}

/// Signals of the project's own, and tasks.
pub(super) fn patterns(evidence: &Evidence) -> Vec<Pattern> {
    [signals(evidence), tasks(evidence)].into_iter().flatten().collect()
}

fn is_signal(value: &Value) -> bool {
    value.call().and_then(|it| it.callee.as_deref()).is_some_and(libraries::makes_signal)
}

fn signals(evidence: &Evidence) -> Option<Pattern> {
    let mut found: BTreeMap<String, Known> = BTreeMap::new();
    for source in evidence.code() {
        for assignment in source.assignments.iter().filter(|it| it.class.is_none()) {
            if assignment.value.as_ref().is_some_and(is_signal) {
                let known = found.entry(format!("{}.{}", source.name, assignment.name)).or_default();
                known.place = Some(Place::new(source.path.clone(), assignment.line));
            }
        }
    }
    for source in evidence.code() {
        for function in &source.functions {
            for name in function.decorators.iter().flat_map(received) {
                if let Some(known) = found.get_mut(name) {
                    known.receivers.push(function.name.clone());
                }
            }
        }
        for call in &source.calls {
            let of = call.called.callee.as_deref().and_then(|it| it.rsplit_once('.'));
            let Some((known, method)) = of.and_then(|(name, method)| Some((found.get_mut(name)?, method)))
            else {
                continue;
            };
            match (method, call.called.positional(0)) {
                ("connect", Some(Value::Name(receiver))) => {
                    known.receivers.push(receiver.rsplit('.').next().unwrap_or(receiver).to_owned());
                }
                ("send" | "send_robust" | "asend", _) => known.sent += 1,
                _ => {}
            }
        }
    }
    found.retain(|_, it| !it.receivers.is_empty());
    let marks = vec!["declared as a signal", "receivers are connected to it"];
    pattern("signals with receivers", "signal", "receiver", marks, &found)
}

/// The signals that a decorator connects a function to: `@receiver(placed)`, `@placed.connect`.
fn received(decorator: &Value) -> Vec<&str> {
    match decorator {
        Value::Call(call) if call.callee.as_deref().is_some_and(|it| it.ends_with("dispatch.receiver")) => {
            let Some(first) = call.positional(0) else { return Vec::new() };
            let all = if first.items().is_empty() { std::slice::from_ref(first) } else { first.items() };
            all.iter().filter_map(full_name).collect()
        }
        Value::Name(name) => name.strip_suffix(".connect").into_iter().collect(),
        _ => Vec::new(),
    }
}

fn full_name(value: &Value) -> Option<&str> {
    match value {
        Value::Name(name) => Some(name),
        _ => None,
    }
}

fn tasks(evidence: &Evidence) -> Option<Pattern> {
    let mut found: BTreeMap<String, Known> = BTreeMap::new();
    for task in evidence.tasks() {
        let name = task.function.rsplit('.').next().unwrap_or(&task.function).to_owned();
        let known = Known { place: Some(task.place), receivers: vec![name], sent: 0 };
        found.insert(task.function, known);
    }
    let starts = ["delay", "apply_async", "send", "send_with_options", "kiq", "s", "si", "delay_on_commit"];
    let calls = |source: &Source| -> Vec<String> {
        let of = source.calls.iter().filter_map(|it| it.called.callee.as_deref()?.rsplit_once('.'));
        of.filter(|(_, method)| starts.contains(method)).map(|(name, _)| name.to_owned()).collect()
    };
    for name in evidence.code().flat_map(calls) {
        if let Some(known) = found.get_mut(&name) {
            known.sent += 1;
        }
    }
    found.retain(|_, it| it.sent > 0);
    let marks = vec!["declared for a worker", "started by their names"];
    pattern("background tasks", "task", "", marks, &found)
}

fn pattern(
    name: &'static str,
    one: &str,
    receiver: &str,
    marks: Vec<&'static str>,
    found: &BTreeMap<String, Known>,
) -> Option<Pattern> {
    if found.is_empty() {
        return None;
    }
    let receivers: usize = found.values().map(|it| it.receivers.len()).sum();
    let sent: usize = found.values().map(|it| it.sent).sum();
    let receivers =
        if receiver.is_empty() { String::new() } else { format!("{}, ", counted(receivers, receiver)) };
    let mut all: Vec<(&String, &Known)> = found.iter().collect();
    all.sort_by_key(|(name, it)| (std::cmp::Reverse(it.receivers.len() + it.sent), (*name).clone()));
    let shown = all.iter().take(SHOWN).filter_map(|(full, known)| {
        let last = full.rsplit('.').next().unwrap_or(full);
        let times = counted(known.sent, "place");
        let note = if receiver.is_empty() {
            format!("{last}, started in {times}")
        } else {
            format!("{last}, received by {}, sent in {times}", known.receivers.join(" and "))
        };
        Some(known.place.clone()?.note(note))
    });
    Some(Pattern {
        name,
        is_sure: true,
        marks,
        places: shown.collect(),
        count: found.len(),
        figures: Some(format!(
            "{}, {receivers}used in {}",
            counted(found.len(), one),
            counted(sent, "place")
        )),
    })
}
