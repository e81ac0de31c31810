//! A command, query or event: its handlers, and the functions that create it.

use std::fmt::Write as _;

use flow::FunctionRef;
use model::{ClassRef, Message, MessageKind, MessageMark, ModuleId};
use python::FunctionId;
use view::Context;
use workspace::Snapshot;

use super::list;
use crate::Words;
use crate::place::of_function;

/// Describes a message.
pub(super) fn words(
    snapshot: &Snapshot,
    cx: &Context<'_>,
    out: &mut Words,
    class: &ClassRef,
    message: &Message,
) {
    let _ = write!(out, " · {}", message.kind.as_str());
    let nobody = match message.kind {
        MessageKind::Command | MessageKind::Query => "No handler was found",
        MessageKind::Event => "No handler was found in this project",
    };
    list(out, "Handled by", nobody, message.handlers.len(), |out, index| {
        let handler = &message.handlers[index];
        named(snapshot, cx, out, handler.module, handler.function);
        let how: Vec<&str> = handler.marks.iter().map(|it| how(*it)).collect();
        let _ = write!(out, ": {}", how.join(", "));
    });
    let makers = model::query::message_makers(snapshot.db(), cx.project, class.clone());
    list(out, "Made by", "Nobody here makes one", makers.len(), |out, index| {
        let (module, function) = makers[index];
        match function {
            Some(function) => named(snapshot, cx, out, module, function),
            None => {
                let _ = write!(out, "`{}`, when it is imported", cx.module_name(module));
            }
        }
    });
}

fn how(mark: MessageMark) -> &'static str {
    match mark {
        MessageMark::Takes => "takes it",
        MessageMark::Registered => "registered for it",
        MessageMark::Decorated => "decorated as a handler",
        MessageMark::Generic => "its base names it",
        MessageMark::Descends => "a handler of such messages",
    }
}

fn named(snapshot: &Snapshot, cx: &Context<'_>, out: &mut Words, module: ModuleId, function: FunctionId) {
    let db = snapshot.db();
    let definitions = python::query::definitions(db, model::query::file_of(db, cx.project, module));
    let name = definitions.short_name(function);
    out.place(&format!("`{name}`"), of_function(snapshot, cx.project, FunctionRef { module, function }));
    out.push(&format!(" of `{}`", cx.module_name(module)));
}
