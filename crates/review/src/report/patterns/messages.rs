//! Commands, queries and events, with their handlers and the functions that create them.

use model::{MessageKind, MessageMark};
use python::naming::counted;

use super::{Pattern, SHOWN};
use crate::claim::Place;
use crate::evidence::{Evidence, Message};

/// One pattern per kind.
pub(super) fn patterns(evidence: &Evidence) -> Vec<Pattern> {
    [
        (MessageKind::Command, "commands with handlers"),
        (MessageKind::Query, "queries with handlers"),
        (MessageKind::Event, "events with handlers"),
    ]
    .into_iter()
    .filter_map(|(kind, name)| of_kind(evidence, kind, name))
    .collect()
}

fn of_kind(evidence: &Evidence, kind: MessageKind, name: &'static str) -> Option<Pattern> {
    let all: Vec<&Message> = evidence.messages.iter().filter(|it| it.kind == kind).collect();
    let handled: Vec<&&Message> = all.iter().filter(|it| !it.handlers.is_empty()).collect();
    if handled.is_empty() {
        return None;
    }
    let mut marks: Vec<&'static str> = Vec::new();
    for mark in handled.iter().flat_map(|it| &it.marks) {
        let words = match mark {
            MessageMark::Takes => "taken as the first argument",
            MessageMark::Registered => "registered for the class",
            MessageMark::Decorated => "decorated as a handler",
            MessageMark::Generic => "a base names the class",
            MessageMark::Descends => "a base of its own for such classes",
        };
        if !marks.contains(&words) {
            marks.push(words);
        }
    }
    let handlers: usize = handled.iter().map(|it| it.handlers.len()).sum();
    let makers: usize = all.iter().map(|it| it.makers).sum();
    let kinds = match (kind, all.len()) {
        (MessageKind::Query, count) if count > 1 => format!("{count} queries"),
        (_, count) => counted(count, kind.as_str()),
    };
    let unhandled = match all.iter().filter(|it| !it.is_handled).count() {
        0 => String::new(),
        without => format!("; of {without} no handler was found"),
    };
    let handlers = counted(handlers, "handler");
    let makers = counted(makers, "place");
    let figures = format!("{kinds}, {handlers}, made in {makers}{unhandled}");
    let shown = handled.iter().take(SHOWN).map(|it| {
        let by: Vec<&str> = it.handlers.iter().map(String::as_str).collect();
        Place::new(it.place.path.clone(), it.place.line).note(format!(
            "{}, handled by {}",
            it.name,
            by.join(" and ")
        ))
    });
    Some(Pattern {
        name,
        is_sure: true,
        marks,
        places: shown.collect(),
        count: all.len(),
        figures: Some(figures),
    })
}
