//! A port of which every consumer uses only a small part.

use std::collections::BTreeMap;

use config::Level;
use model::{ClassRef, InjectionPlace, ModuleId, Port};
use python::{FunctionId, Name, Scope};
use view::{
    ClassKind, Context, Findings, Group, InPresets, Key, OptionDefault, OptionSpec, Options, Place, Rule,
    wording,
};

use super::injection_site;

pub(crate) static RULE: Rule = Rule {
    id: "fat-protocol",
    group: Group::Interfaces,
    summary: "a port of which every consumer uses only a small part",
    level: Level::Off,
    since: "0.1.0",
    docs: include_str!("fat_protocol.md"),
    options: &[
        OptionSpec {
            name: "members",
            default: OptionDefault::Integer(6),
            summary: "minimum number of members of a reported port",
        },
        OptionSpec {
            name: "consumers",
            default: OptionDefault::Integer(2),
            summary: "minimum number of consumers",
        },
        OptionSpec {
            name: "share",
            default: OptionDefault::Integer(50),
            summary: "maximum percentage of the members that a consumer uses",
        },
    ],
    has_fix: false,
    presets: InPresets {
        strict: Some(Level::Info),
        clean: Some(Level::Info),
        hexagonal: Some(Level::Warning),
        django: Some(Level::Off),
        ..InPresets::KEEP
    },
    judges: Rule::CODE,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    let options = cx.options(&RULE);
    for (_, class) in cx.module.definitions.classes().filter(|(_, class)| class.scope == Scope::Module) {
        let port = ClassRef::new(cx.id, class.name.clone());
        if let Some(facts) = model::query::port(cx.db, cx.project, port.clone()) {
            check_port(cx, &port, &facts, &options, out);
        }
    }
}

/// The members of a port that one consumer uses.
struct Consumer {
    file: source::File,
    place: Place,
    /// In the order of the port's members.
    uses: Vec<Name>,
}

fn check_port(
    cx: &Context<'_>,
    port: &ClassRef,
    facts: &Port,
    options: &Options<'_>,
    out: &mut Findings<'_>,
) {
    let at_least = |name: &str| usize::try_from(options.integer(name)).unwrap_or_default();
    let members: Vec<&Name> =
        facts.members.iter().map(|member| &member.name).filter(|name| !name.starts_with('_')).collect();
    if members.len() < at_least("members").max(1) {
        return;
    }
    let Some(consumers) = consumers(cx, port, &members) else { return };
    let most = members.len() * at_least("share");
    if consumers.len() < at_least("consumers").max(1)
        || consumers.values().any(|consumer| consumer.uses.len() * 100 > most)
    {
        return;
    }
    // If all consumers share one part, splitting it off leaves only an appendix: only parts that differ are worth
    // separating.
    let mut parts: Vec<&Vec<Name>> = consumers.values().map(|consumer| &consumer.uses).collect();
    parts.sort();
    parts.dedup();
    let used = members.iter().filter(|name| parts.iter().any(|part| part.contains(**name))).count();
    let figures: Vec<String> =
        consumers.iter().map(|(name, consumer)| format!("`{name}` uses {}", consumer.uses.len())).collect();
    let largest = consumers.values().map(|consumer| consumer.uses.len()).max().unwrap_or_default();
    let message = format!(
        "`{}` has {} members, but no consumer uses more than {largest}; split it by consumer",
        port.name,
        members.len()
    );
    let span = injection_site::class_place(cx, port).span(&cx.module.spans);
    let draft = out.add(span, Key::new(port.name.as_str()), message);
    draft.evidence(format!("{}; together {used} of {}", wording::list(&figures), members.len()));
    for (name, consumer) in &consumers {
        draft.related(
            consumer.file,
            consumer.place,
            format!("`{name}` uses {}", wording::codes(&consumer.uses)),
        );
    }
}

/// The usage of each consumer, by name; `None` if one of them can't be followed.
fn consumers(cx: &Context<'_>, port: &ClassRef, members: &[&Name]) -> Option<BTreeMap<String, Consumer>> {
    let mut found: BTreeMap<String, Consumer> = BTreeMap::new();
    for (module, asked) in model::query::dependents(cx.db, cx.project, port.clone()).iter() {
        let usage = flow::query::usage(cx.db, cx.project, *module, asked.place);
        if usage.escapes {
            return None;
        }
        let file = cx.file_of(*module);
        let definitions = python::query::definitions(cx.db, file);
        let (name, place) = match asked.place {
            // The handlers of one module serve one subject: together they are one consumer.
            InjectionPlace::Parameter { function, .. } if answers(cx, *module, function) => {
                (cx.module_name(*module).to_owned(), Place::File)
            }
            place => injection_site::dependent_in(&definitions, place),
        };
        let uses = |name: &Name| usage.members.iter().any(|used| used.name == *name);
        let consumer = found.entry(name).or_insert_with(|| Consumer { file, place, uses: Vec::new() });
        for name in members.iter().filter(|name| uses(name)) {
            if !consumer.uses.contains(name) {
                consumer.uses.push((*name).clone());
            }
        }
    }
    // Code that uses none of its members is not a consumer.
    found.retain(|_, consumer| !consumer.uses.is_empty());
    Some(found)
}

/// Whether a function answers requests, or belongs to a class that does.
fn answers(cx: &Context<'_>, module: ModuleId, function: FunctionId) -> bool {
    let definitions = python::query::definitions(cx.db, cx.file_of(module));
    let routes = model::query::routes(cx.db, cx.project);
    let handles = |function: FunctionId| routes.of_function(module, function).next().is_some();
    if handles(function) {
        return true;
    }
    let Scope::Class(class) = definitions[function].scope else { return false };
    let mut methods = definitions.functions().filter(|(_, it)| it.scope == Scope::Class(class));
    methods.any(|(method, _)| handles(method)) || {
        let class = ClassRef::new(module, definitions[class].name.clone());
        view::query::class_kind(cx.db, cx.project, class) == ClassKind::View
    }
}
