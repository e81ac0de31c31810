//! A sequence as D2: every key and label is quoted.

use std::fmt::Write as _;

use super::{ActorKind, Item, MessageKind, Sequence};

pub(super) fn write(sequence: &Sequence) -> String {
    let mut out = String::from("shape: sequence_diagram\n");
    for index in super::order(&sequence.actors) {
        let actor = &sequence.actors[index];
        let shape = match actor.kind {
            ActorKind::Client => " {shape: person}",
            ActorKind::Database => " {shape: cylinder}",
            ActorKind::Outside => " {shape: cloud}",
            ActorKind::Framework | ActorKind::Code | ActorKind::Unknown => "",
        };
        let _ = writeln!(out, "\"p{index}\": {}{shape}", quoted(&actor.title));
    }
    let title = sequence.heading();
    let _ = writeln!(out, "\"p0\".\"cost\": {}", quoted(&title));
    let mut groups = 0;
    items(&mut out, &sequence.items, 0, &mut groups);
    for (index, sentence) in sequence.left_out.iter().enumerate() {
        let _ = writeln!(out, "\"p0\".\"left out {index}\": {}", quoted(sentence));
    }
    out
}

fn items(out: &mut String, list: &[Item], depth: usize, groups: &mut usize) {
    let pad = "  ".repeat(depth);
    let group = |out: &mut String, title: &str, inner: &[Item], groups: &mut usize| {
        *groups += 1;
        let _ = writeln!(out, "{pad}\"g{groups}\": {} {{", quoted(title));
        items(out, inner, depth + 1, groups);
        let _ = writeln!(out, "{pad}}}");
    };
    for item in list {
        match item {
            Item::Message(message) => {
                let style = match message.kind {
                    MessageKind::Call | MessageKind::Query => "",
                    MessageKind::Unresolved | MessageKind::Answer | MessageKind::Raise => {
                        " {style.stroke-dash: 3}"
                    }
                };
                let text =
                    if message.is_awaited { format!("await {}", message.text) } else { message.text.clone() };
                let up = if depth == 0 { String::new() } else { "_.".repeat(depth) };
                let _ = writeln!(
                    out,
                    "{pad}{up}\"p{}\" -> {up}\"p{}\": {}{style}",
                    message.from,
                    message.to,
                    quoted(&text)
                );
            }
            Item::Loop { title, items } => group(out, &format!("loop {title}"), items, groups),
            Item::Branch { arms } => {
                for (index, arm) in arms.iter().enumerate() {
                    let word = match (arms.len(), index) {
                        (1, _) => "opt",
                        (_, 0) => "alt",
                        _ => "or",
                    };
                    group(out, &format!("{word} {}", arm.condition), &arm.items, groups);
                }
            }
            Item::Transaction { items } => group(out, "transaction", items, groups),
            Item::Note { over, text } => {
                *groups += 1;
                let up = if depth == 0 { String::new() } else { "_.".repeat(depth) };
                let _ = writeln!(out, "{pad}{up}\"p{over}\".\"n{groups}\": {}", quoted(text));
            }
        }
    }
}

/// A string of D2.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' | '$' => {
                out.push('\\');
                out.push(letter);
            }
            letter if letter.is_control() => out.push(' '),
            letter => out.push(letter),
        }
    }
    out.push('"');
    out
}
