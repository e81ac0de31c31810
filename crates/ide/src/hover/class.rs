//! Hovers on class names: the implementations of an interface, the interfaces of a class, and its consumers.

mod message;

use std::fmt::Write as _;

use model::{ClassRef, How, Port, PortKind, Target, Via};
use source::Span;
use view::Context;
use workspace::Snapshot;

use crate::Words;
use crate::place::of_class;
use crate::ports::{Consumer, consumers, place_of};

/// Limit on the lines of each kind.
const MAX_LINES: usize = 12;

/// The class whose name is at `offset`: at its definition, or where importing code uses it.
pub(super) fn at(cx: &Context<'_>, offset: u32) -> Option<(Span, ClassRef)> {
    let definitions = &cx.module.definitions;
    let defined = definitions.classes().find_map(|(id, class)| {
        let span = cx.module.spans.class_name(id);
        let is_it =
            span.touches(offset) && !span.is_empty() && definitions.class_named(&class.name) == Some(id);
        is_it.then(|| (span, ClassRef::new(cx.id, class.name.clone())))
    });
    defined.or_else(|| {
        let used = cx.module.uses.iter().find(|used| used.span.touches(offset))?;
        let name = cx.text.slice(used.span);
        let length = name.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(name.len());
        let span = Span::new(used.span.start, used.span.start + length as u32);
        let class = of_target(&cx.import(used.import)?.resolved.target)?;
        span.touches(offset).then_some((span, class))
    })
}

/// The class that an import refers to.
pub(super) fn of_target(target: &Target) -> Option<ClassRef> {
    match target {
        Target::Symbol { origin, origin_name, .. } => Some(ClassRef::new(*origin, origin_name.clone())),
        _ => None,
    }
}

/// The text; `None` if it is not an interface, implements none, and has no consumers.
pub(super) fn words(snapshot: &Snapshot, cx: &Context<'_>, class: &ClassRef) -> Option<Words> {
    let db = snapshot.db();
    let port = model::query::port(db, cx.project, class.clone());
    let ports = model::query::ports_of(db, cx.project, class.clone());
    let consumers = consumers(snapshot, cx.project, class);
    let message = model::query::message(db, cx.project, class.clone());
    if port.is_none() && ports.is_empty() && consumers.is_empty() && message.is_none() {
        return None;
    }
    let mut out = Words::default();
    out.push("**");
    out.place(&format!("`{}`", class.name), of_class(snapshot, cx.project, class));
    out.push("**");
    if let Some(message) = &message {
        message::words(snapshot, cx, &mut out, class, message);
        out.trim_end();
        return Some(out);
    }
    if let Some(port) = &port {
        let _ = write!(out, " · {}", of_port(port));
        let adapters = model::query::adapters(db, cx.project, class.clone());
        list(
            &mut out,
            "Implemented by",
            "Implemented by no class of the project",
            adapters.len(),
            |out, index| {
                named(snapshot, cx, out, &adapters[index].class);
                out.push(&format!(": {}", how(adapters[index].how)));
            },
        );
    }
    if !ports.is_empty() {
        list(&mut out, "Implements", "", ports.len(), |out, index| {
            named(snapshot, cx, out, &ports[index].class);
            out.push(&format!(": {}", how(ports[index].how)));
        });
    }
    if port.is_some() || !consumers.is_empty() {
        list(
            &mut out,
            "Used by",
            "Used by nobody: no parameter, field or dependency requires it",
            consumers.len(),
            |out, index| of_consumer(snapshot, cx, out, &consumers[index]),
        );
    }
    out.trim_end();
    Some(out)
}

fn of_port(port: &Port) -> String {
    let kind = match port.kind {
        PortKind::Protocol => "Protocol",
        PortKind::Abstract => "abstract class",
        PortKind::Stubs => "interface of stubs",
    };
    let required = port.members.iter().filter(|member| member.is_required).count();
    match required {
        0 => format!("{kind} without members to implement"),
        1 => format!("{kind}, 1 member to implement"),
        many => format!("{kind}, {many} members to implement"),
    }
}

fn how(how: How) -> &'static str {
    match how {
        How::Base => "inherits from it",
        How::Registered => "given where it is asked for",
        How::Structure => "has all its members",
    }
}

fn named(snapshot: &Snapshot, cx: &Context<'_>, out: &mut Words, class: &ClassRef) {
    out.place(&format!("`{}`", class.name), of_class(snapshot, cx.project, class));
    out.push(&format!(" of `{}`", cx.module_name(class.module)));
}

/// The consumer, how it depends on the class, and the members it uses.
fn of_consumer(snapshot: &Snapshot, cx: &Context<'_>, out: &mut Words, consumer: &Consumer) {
    let Consumer { module, name, parameter, ask } = consumer;
    let by = match ask.via {
        Via::Annotation => format!("depends on it as `{parameter}`"),
        Via::Provider => format!("is provided with it as `{parameter}`"),
    };
    out.place(&format!("`{name}`"), Some(place_of(snapshot, cx.project, consumer)));
    out.push(&format!(" of `{}`: {by}", cx.module_name(*module)));
    let usage = flow::query::usage(snapshot.db(), cx.project, *module, ask.place);
    let members: Vec<String> = usage.members.iter().map(|member| format!("`{}`", member.name)).collect();
    if !members.is_empty() {
        out.push(&format!(", uses {}", members.join(", ")));
        if usage.escapes {
            out.push(" and passes it on");
        }
    }
}

/// A heading with one line for each of `count` items.
fn list(out: &mut Words, heading: &str, nothing: &str, count: usize, line: impl Fn(&mut Words, usize)) {
    if count == 0 {
        let _ = write!(out, "\n\n{nothing}");
        return;
    }
    let _ = write!(out, "\n\n{heading}\n");
    for index in 0..count.min(MAX_LINES) {
        out.push("\n- ");
        line(out, index);
    }
    if count > MAX_LINES {
        let _ = write!(out, "\n- and {} more", count - MAX_LINES);
    }
}

#[cfg(test)]
mod tests;
