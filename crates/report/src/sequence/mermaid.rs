//! A sequence as a Mermaid `sequenceDiagram`.
//!
//! Traps: `;` ends a statement, `#` starts an escape, `end` is a keyword even as an id, `:` ends names.

use std::fmt::Write as _;

use super::{ActorKind, Item, MessageKind, Sequence, order};

pub(super) fn write(sequence: &Sequence) -> String {
    let mut out = String::from("sequenceDiagram\n");
    let _ = writeln!(
        out,
        "    title {}: {}",
        escaped(&sequence.title),
        escaped(&ide::query_words(&sequence.cost))
    );
    let mut open: Option<&str> = None;
    for index in order(&sequence.actors) {
        let actor = &sequence.actors[index];
        if actor.layer != open {
            if open.is_some() {
                out.push_str("    end\n");
            }
            if let Some(layer) = actor.layer {
                let _ = writeln!(out, "    box transparent {layer}");
            }
            open = actor.layer;
        }
        let word = if actor.kind == ActorKind::Client { "actor" } else { "participant" };
        let _ = writeln!(out, "    {word} p{index} as {}", escaped(&actor.title));
    }
    if open.is_some() {
        out.push_str("    end\n");
    }
    items(&mut out, &sequence.items, 1);
    for sentence in &sequence.left_out {
        let _ = writeln!(out, "    Note over p0: {}", escaped(sentence));
    }
    out
}

fn items(out: &mut String, list: &[Item], depth: usize) {
    let pad = "    ".repeat(depth);
    for item in list {
        match item {
            Item::Message(message) => {
                let arrow = match message.kind {
                    MessageKind::Call | MessageKind::Query if message.is_awaited => "-)",
                    MessageKind::Call | MessageKind::Query => "->>",
                    MessageKind::Unresolved | MessageKind::Answer => "-->>",
                    MessageKind::Raise => "--x",
                };
                let await_word = if message.is_awaited { "await " } else { "" };
                let text = escaped(&message.text);
                let _ = writeln!(out, "{pad}p{}{arrow}p{}: {await_word}{text}", message.from, message.to);
            }
            Item::Loop { title, items: inner } => {
                let _ = writeln!(out, "{pad}loop {}", escaped(title));
                items(out, inner, depth + 1);
                let _ = writeln!(out, "{pad}end");
            }
            Item::Branch { arms } => {
                for (index, arm) in arms.iter().enumerate() {
                    let word = match (arms.len(), index) {
                        (1, _) => "opt",
                        (_, 0) => "alt",
                        _ => "else",
                    };
                    let _ = writeln!(out, "{pad}{word} {}", escaped(&arm.condition));
                    items(out, &arm.items, depth + 1);
                }
                let _ = writeln!(out, "{pad}end");
            }
            Item::Transaction { items: inner } => {
                let _ = writeln!(out, "{pad}critical transaction");
                items(out, inner, depth + 1);
                let _ = writeln!(out, "{pad}end");
            }
            Item::Note { over, text } => {
                let _ = writeln!(out, "{pad}Note over p{over}: {}", escaped(text));
            }
        }
    }
}

/// Text escaped for Mermaid: special characters become entities.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::new();
    for letter in text.chars() {
        match letter {
            '#' | ';' | '"' | '<' | '>' | '&' | '%' | '\\' | '`' | '{' | '}' => {
                let _ = write!(out, "#{};", u32::from(letter));
            }
            letter if letter.is_control() => out.push(' '),
            letter => out.push(letter),
        }
    }
    // A keyword on its own would end a block.
    if ["end", "box", "loop", "alt", "opt", "par", "else", "and", "rect", "critical", "break"]
        .contains(&out.trim().to_lowercase().as_str())
    {
        out.insert(0, '\u{2060}');
    }
    out
}
