//! Messages that are created but have no handler, while similar ones do.

use config::Level;
use model::{ClassRef, MessageHandler, MessageKind, MessageMark};
use view::{Context, Findings, Group, InPresets, Key, Place, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "unhandled-message",
    group: Group::Domain,
    summary: "a command, query or event that is made and that nobody handles, while others like it are handled",
    level: Level::Warning,
    since: "0.1.0",
    docs: include_str!("unhandled_message.md"),
    options: &[],
    has_fix: false,
    presets: InPresets {
        strict: Some(Level::Warning),
        clean: Some(Level::Warning),
        hexagonal: Some(Level::Warning),
        ..InPresets::KEEP
    },
    judges: Rule::CODE,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    for (id, class, message) in super::messages(cx) {
        let is_handled = !message.handlers.is_empty() || message.is_registered_otherwise;
        let Some(base) = message.base.as_ref().filter(|_| !is_handled) else { continue };
        let makers = model::query::message_makers(cx.db, cx.project, class.clone());
        let Some((module, function)) = makers.first().copied() else { continue };
        let all = model::query::messages(cx.db, cx.project);
        // A handler of the base handles all its subclasses.
        let is_handled_by_base =
            flow::types::classes::bases(cx.db, cx.project, &class).iter().any(|it| takes_all(cx, it));
        if is_handled_by_base {
            continue;
        }
        let beside = all.by_class.values().filter(|it| it.base.as_ref() == Some(base));
        let (mut handled, mut unhandled) = (0, 0);
        for other in beside {
            // If none of these handlers is registered by the project, a library's mechanism dispatches them.
            if other.handlers.iter().any(is_registered) {
                handled += 1;
            } else if other.handlers.is_empty() {
                unhandled += 1;
            }
        }
        // If most have no handler, they are handled by another program, or registered in a way that isn't recognised.
        if handled <= unhandled {
            continue;
        }
        let by = match function {
            Some(function) => format!("`{}`", super::function_name(cx, module, function)),
            None => format!("`{}`", cx.module_name(module)),
        };
        let text = format!(
            "{by} makes the {} `{}`, which nobody handles; {handled} others that descend from `{}` have handlers",
            message.kind.as_str(),
            class.name,
            base.name
        );
        let draft = out.add(cx.module.spans.class_name(id), Key::new(class.name.as_str()), text);
        if let Some(function) = function {
            let file = model::query::file_of(cx.db, cx.project, module);
            draft.related(file, Place::Function(function), "made here");
        }
        // An event may have no listener yet, or its listeners may be in another program.
        if message.kind == MessageKind::Event {
            draft.at_most(Level::Info);
        }
    }
}

fn is_registered(handler: &MessageHandler) -> bool {
    handler.marks.iter().any(|it| matches!(it, MessageMark::Registered | MessageMark::Decorated))
}

/// Whether a base class of messages has a handler, or one is registered for it.
fn takes_all(cx: &Context<'_>, base: &ClassRef) -> bool {
    model::query::message(cx.db, cx.project, base.clone()).is_some_and(|it| !it.handlers.is_empty())
}
