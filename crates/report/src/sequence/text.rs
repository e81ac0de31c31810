//! A sequence as an indented list.

use std::fmt::Write as _;

use super::{Item, MessageKind, Sequence};

pub(super) fn write(sequence: &Sequence) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "{}", sequence.title);
    let _ = writeln!(out, "queries: {}", sequence.cost);
    items(&mut out, sequence, &sequence.items, 0);
    for sentence in &sequence.left_out {
        let _ = writeln!(out, "{sentence}");
    }
    out
}

fn items(out: &mut String, sequence: &Sequence, list: &[Item], depth: usize) {
    let pad = "  ".repeat(depth);
    for item in list {
        match item {
            Item::Message(message) => {
                let title =
                    |index: usize| sequence.actors.get(index).map_or("", |actor| actor.title.as_str());
                let arrow = match message.kind {
                    MessageKind::Call | MessageKind::Query => "->",
                    MessageKind::Unresolved => "-?>",
                    MessageKind::Answer => "-->",
                    MessageKind::Raise => "--x",
                };
                let await_word = if message.is_awaited { "await " } else { "" };
                let place = match (&message.file, message.line) {
                    (Some(file), Some(line)) => format!("  [{file}:{line}]"),
                    _ => String::new(),
                };
                let (from, to) = (title(message.from), title(message.to));
                let _ = writeln!(out, "{pad}{from} {arrow} {to}: {await_word}{}{place}", message.text);
            }
            Item::Loop { title, items: inner } => {
                let _ = writeln!(out, "{pad}loop {title}");
                items(out, sequence, inner, depth + 1);
            }
            Item::Branch { arms } => {
                for (index, arm) in arms.iter().enumerate() {
                    let word = if index == 0 { "if" } else { "or if" };
                    let _ = writeln!(out, "{pad}{word} {}", arm.condition);
                    items(out, sequence, &arm.items, depth + 1);
                }
            }
            Item::Transaction { items: inner } => {
                let _ = writeln!(out, "{pad}transaction");
                items(out, sequence, inner, depth + 1);
            }
            Item::Note { over, text } => {
                let title = sequence.actors.get(*over).map_or("", |actor| actor.title.as_str());
                let _ = writeln!(out, "{pad}({title}: {text})");
            }
        }
    }
}
