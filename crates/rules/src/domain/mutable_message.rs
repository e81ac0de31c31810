//! Mutable commands, queries and events whose siblings are immutable.

use config::Level;
use model::{ClassRef, Message};
use view::class_kind::{DataLibrary, Subject, shape};
use view::{
    Applicability, Context, Findings, Fix, FixKind, Freeze, Group, InPresets, Key, Place, Rule, wording,
};

use super::mutable_value_object::{assigns_in_constructor, can_freeze};

pub(crate) static RULE: Rule = Rule {
    id: "mutable-message",
    group: Group::Domain,
    summary: "a command, query or event that can be changed, while those beside it are frozen",
    level: Level::Warning,
    since: "0.1.0",
    docs: include_str!("mutable_message.md"),
    options: &[],
    has_fix: true,
    presets: InPresets {
        strict: Some(Level::Warning),
        clean: Some(Level::Warning),
        hexagonal: Some(Level::Warning),
        ..InPresets::KEEP
    },
    judges: Rule::CODE,
    check,
};

/// The minimum number of frozen siblings.
const FROZEN: usize = 2;

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    for (_, class, message) in super::messages(cx) {
        let Some(subject) = Subject::of(cx.db, cx.project, &class) else { continue };
        let Some(shape) = shape(&subject) else { continue };
        if shape.is_frozen || shape.library == DataLibrary::Other {
            continue;
        }
        let (frozen, thawed) = siblings(cx, &class, &message);
        if frozen.len() < FROZEN || frozen.len() <= thawed || !can_freeze(cx, &subject, &shape) {
            continue;
        }
        let name = &class.name;
        let text = format!(
            "{} `{name}` can be changed: it is not frozen, and the {} other {} beside it are",
            wording::capitalized(message.kind.as_str()),
            frozen.len(),
            if message.kind == model::MessageKind::Query {
                "queries".to_owned()
            } else {
                format!("{}s", message.kind.as_str())
            },
        );
        let draft = out.add(cx.module.spans.class_name(subject.id), Key::new(name.as_str()), text);
        if let Some(first) = frozen.first()
            && let Some(sibling) = Subject::of(cx.db, cx.project, first)
        {
            let file = model::query::file_of(cx.db, cx.project, first.module);
            draft.related(file, Place::Class(sibling.id), format!("`{}` is frozen", first.name));
        }
        if assigns_in_constructor(&subject).is_some() {
            continue;
        }
        let kind = FixKind::Freeze(Freeze { class: subject.id, slots: false, frozen: true });
        let fix = Fix { title: format!("Freeze `{name}`"), applicability: Applicability::Review, kind };
        if let Some(fix) = refactor::that_fits(cx, fix) {
            draft.fix(fix);
        }
    }
}

/// The messages of the same kind in the same module or with the same base: the frozen ones, and the number of others.
fn siblings(cx: &Context<'_>, class: &ClassRef, message: &Message) -> (Vec<ClassRef>, usize) {
    let (mut frozen, mut thawed) = (Vec::new(), 0);
    for (other, known) in &model::query::messages(cx.db, cx.project).by_class {
        let is_beside = other.module == class.module || (known.base.is_some() && known.base == message.base);
        if other == class || known.kind != message.kind || !is_beside {
            continue;
        }
        match Subject::of(cx.db, cx.project, other).and_then(|it| shape(&it)) {
            Some(shape) if shape.is_frozen => frozen.push(other.clone()),
            Some(_) => thawed += 1,
            None => {}
        }
    }
    (frozen, thawed)
}
