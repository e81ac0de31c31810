//! Value objects that can change while other code holds them.

use config::Level;
use model::ClassRef;
use python::Scope;
use view::class_kind::{ClassKind, DataLibrary, DataShape, Subject, fields, mutates_itself, shape};
use view::writers::{Match, Target, descendants};
use view::{
    Applicability, Context, Findings, Fix, FixKind, Freeze, Group, InPresets, Key, OptionDefault, OptionSpec,
    Rule, wording,
};

pub(crate) static RULE: Rule = Rule {
    id: "mutable-value-object",
    group: Group::Domain,
    summary: "a value object that can be changed in place",
    level: Level::Warning,
    since: "0.1.0",
    docs: include_str!("mutable_value_object.md"),
    options: &[OptionSpec {
        name: "slots",
        default: OptionDefault::Bool(false),
        summary: "whether a value object must have slots as well",
    }],
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

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    let wants_slots = cx.options(&RULE).bool("slots");
    for (_, class) in super::of_domain(cx, &[ClassKind::ValueObject]) {
        let Some(subject) = Subject::of(cx.db, cx.project, &class) else { continue };
        let Some(shape) = shape(&subject) else { continue };
        let can_have_slots = shape.library == DataLibrary::Dataclass;
        let lacks_slots =
            wants_slots && can_have_slots && !shape.has_slots && !declares(&subject, "__slots__");
        if shape.library == DataLibrary::Other || (shape.is_frozen && !lacks_slots) {
            continue;
        }
        if !shape.is_frozen && !can_freeze(cx, &subject, &shape) {
            continue;
        }
        report(cx, out, &subject, &shape, lacks_slots);
    }
}

fn report(
    cx: &Context<'_>,
    out: &mut Findings<'_>,
    subject: &Subject<'_>,
    shape: &DataShape,
    lacks_slots: bool,
) {
    let name = &subject.class.name;
    let missing = match (shape.is_frozen, lacks_slots) {
        (true, _) => "has no slots",
        (false, true) => "is neither frozen nor has slots",
        (false, false) => "is not frozen",
    };
    let names: Vec<String> = fields(subject).iter().map(|field| field.name.to_string()).collect();
    let message = format!("Value object `{name}` {missing}");
    let constructor = assigns_in_constructor(subject);
    let draft = out.add(cx.module.spans.class_name(subject.id), Key::new(name.as_str()), message);
    draft.evidence(match constructor {
        Some(method) => format!(
            "Distinguished only by {}; `{method}` assigns to `self`, which a frozen class can't",
            listed(&names)
        ),
        None => format!("Distinguished only by {}", listed(&names)),
    });
    if constructor.is_some() && !shape.is_frozen {
        return;
    }
    let kind = FixKind::Freeze(Freeze { class: subject.id, slots: lacks_slots, frozen: !shape.is_frozen });
    let title = if shape.is_frozen { format!("Add slots to `{name}`") } else { format!("Freeze `{name}`") };
    let fix = Fix { title, applicability: Applicability::Review, kind };
    if let Some(fix) = refactor::that_fits(cx, fix) {
        draft.fix(fix);
    }
}

/// `` `amount` and `currency` ``
fn listed(names: &[String]) -> String {
    if names.is_empty() { "its values".to_owned() } else { wording::codes(names) }
}

/// Whether freezing breaks nothing that can be seen.
pub(super) fn can_freeze(cx: &Context<'_>, subject: &Subject<'_>, shape: &DataShape) -> bool {
    let breaks_rules = shape.has_unsafe_hash
        || declares(subject, "__setattr__")
        || declares(subject, "__delattr__")
        || mutates_itself(subject)
        || has_thawed_relatives(cx, subject.class);
    if breaks_rules {
        return false;
    }
    let target = Target::of(cx.db, cx.project, subject.class);
    !target.is_written_by_name()
        && !fields(subject).iter().any(|field| {
            let is_assigned = |how: Match| how != Match::Own;
            target.writes(&field.name).iter().any(|(.., how)| is_assigned(*how))
                || target.is_written_in_texts(&field.name)
        })
}

/// Python rejects a frozen dataclass in a hierarchy with dataclasses that are not frozen.
fn has_thawed_relatives(cx: &Context<'_>, class: &ClassRef) -> bool {
    let is_thawed = |relative: &ClassRef| {
        let subject = Subject::of(cx.db, cx.project, relative);
        subject.and_then(|subject| shape(&subject)).is_some_and(|shape| !shape.is_frozen)
    };
    let bases = flow::types::classes::bases(cx.db, cx.project, class);
    let is_fields = |relative: &ClassRef| {
        Subject::of(cx.db, cx.project, relative)
            .and_then(|subject| shape(&subject))
            .is_some_and(|shape| shape.library != DataLibrary::Pydantic)
    };
    bases.iter().any(|base| is_fields(base) && is_thawed(base))
        || descendants(cx.db, cx.project, class).iter().any(is_thawed)
}

/// The constructor that assigns attributes of `self`, as `__post_init__` does.
pub(super) fn assigns_in_constructor(subject: &Subject<'_>) -> Option<&'static str> {
    let db = subject.db;
    let file = model::query::modules(db, subject.project)[subject.class.module].file;
    let stores = flow::query::stores(db, file);
    let definitions = &subject.definitions;
    stores.of_class(&subject.class.name).find_map(|(_, method)| match definitions[method].name.as_str() {
        "__post_init__" => Some("__post_init__"),
        "__attrs_post_init__" => Some("__attrs_post_init__"),
        "__init__" => Some("__init__"),
        "__new__" => Some("__new__"),
        "__setstate__" => Some("__setstate__"),
        _ => None,
    })
}

/// Whether the class' own body binds `name`.
fn declares(subject: &Subject<'_>, name: &str) -> bool {
    let scope = Scope::Class(subject.id);
    let definitions = &subject.definitions;
    definitions.functions.iter().any(|function| function.scope == scope && function.name == name)
        || definitions.variables.iter().any(|variable| variable.scope == scope && variable.name == name)
}
