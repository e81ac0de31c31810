//! Commands and queries that have several handlers.

use config::Level;
use model::{ClassRef, MessageHandler, MessageKind, MessageMark};
use python::Scope;
use view::{Context, Findings, Group, InPresets, Key, Place, Rule, wording};

pub(crate) static RULE: Rule = Rule {
    id: "several-handlers",
    group: Group::Domain,
    summary: "a command or query that several handlers are registered for",
    level: Level::Warning,
    since: "0.1.0",
    docs: include_str!("several_handlers.md"),
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
        if message.kind == MessageKind::Event {
            continue;
        }
        let registered = |it: &&MessageHandler| it.marks.contains(&MessageMark::Registered);
        let handlers: Vec<&MessageHandler> = message.handlers.iter().filter(registered).collect();
        if handlers.len() < 2 || replace_each_other(cx, &handlers) {
            continue;
        }
        let names: Vec<String> =
            handlers.iter().map(|it| super::function_name(cx, it.module, it.function)).collect();
        let text = format!(
            "`{}` is a {}, and {} handlers are registered for it: {}",
            class.name,
            message.kind.as_str(),
            handlers.len(),
            wording::codes(&names)
        );
        let draft = out.add(cx.module.spans.class_name(id), Key::new(class.name.as_str()), text);
        for (handler, name) in handlers.iter().zip(&names) {
            let file = model::query::file_of(cx.db, cx.project, handler.module);
            draft.related(file, Place::Function(handler.function), format!("`{name}` handles it"));
        }
    }
}

/// Whether the class of one handler is a subclass of another's, and so replaces it.
fn replace_each_other(cx: &Context<'_>, handlers: &[&MessageHandler]) -> bool {
    let class = |handler: &MessageHandler| {
        let file = model::query::file_of(cx.db, cx.project, handler.module);
        let definitions = python::query::definitions(cx.db, file);
        match definitions[handler.function].scope {
            Scope::Class(class) => Some(ClassRef::new(handler.module, definitions[class].name.clone())),
            Scope::Module | Scope::Function(_) => None,
        }
    };
    let classes: Vec<ClassRef> = handlers.iter().filter_map(|it| class(it)).collect();
    classes.iter().any(|one| {
        let bases = flow::types::classes::bases(cx.db, cx.project, one);
        classes.iter().any(|other| bases.contains(other))
    })
}
