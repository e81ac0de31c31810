//! A route handler that contains business logic: it branches on the state of entities, computes, and changes them.

use python::{BodyId, ExprId, FunctionId};
use view::scope::Names;
use view::{Context, Findings, Group, InPresets, Key, OptionDefault, OptionSpec, Place, Rule};

use super::business::{Measure, measure};
use super::handlers::handlers;

pub(crate) static RULE: Rule = Rule {
    id: "fat-controller",
    group: Group::Layers,
    summary: "a route handler with decisions, calculations and changes that belong in a service or the domain",
    level: config::Level::Warning,
    since: "0.1.0",
    docs: include_str!("fat_controller.md"),
    options: &[
        OptionSpec {
            name: "changes",
            default: OptionDefault::Integer(2),
            summary: "minimum number of changes to rows and entities in a reported handler",
        },
        OptionSpec {
            name: "logic",
            default: OptionDefault::Integer(3),
            summary: "minimum number of decisions, calculations and changing loops together in a reported handler",
        },
    ],
    has_fix: false,
    presets: InPresets {
        strict: Some(config::Level::Warning),
        layered: Some(config::Level::Warning),
        clean: Some(config::Level::Warning),
        hexagonal: Some(config::Level::Warning),
        fastapi: Some(config::Level::Warning),
        ..InPresets::KEEP
    },
    judges: Rule::CODE,
    check,
};

/// Limit on the places shown of each kind.
const SHOWN: usize = 4;

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    let handlers = handlers(cx);
    if handlers.is_empty() {
        return;
    }
    let options = cx.options(&RULE);
    let limit = |name: &str| usize::try_from(options.integer(name)).unwrap_or(0).max(1);
    let (logic, changes) = (limit("logic"), limit("changes"));
    let names = Names::of(cx);
    for function in handlers {
        let found = measure(&names, function, true);
        if found.logic() >= logic && found.changes() >= changes {
            report(&names, out, function, &found);
        }
    }
}

fn report(names: &Names<'_>, out: &mut Findings<'_>, function: FunctionId, found: &Measure) {
    let cx = names.cx;
    let handler = cx.qualified(function);
    let message = format!(
        "Route `{handler}` contains business logic ({}); move it to a service or the domain",
        found.in_words()
    );
    let draft = out.add(cx.module.spans.function_name(function), Key::new(handler), message);
    let body = cx.module.definitions[function].body;
    for (file, place, words) in places(names, body, found) {
        draft.related(file, place, words);
    }
}

/// The places that were counted.
pub(super) fn places(
    names: &Names<'_>,
    body: BodyId,
    found: &Measure,
) -> Vec<(source::File, Place, &'static str)> {
    let file = names.cx.file;
    let of = |list: &[ExprId], words: &'static str| {
        let places = list.iter().take(SHOWN).map(|expr| (file, Place::Expr { body, expr: *expr }, words));
        places.collect::<Vec<_>>()
    };
    let mut all = of(&found.decisions, "decides on the state of an entity");
    all.extend(of(&found.refusals, "refuses because of the state of an entity"));
    all.extend(of(&found.calculations, "calculates"));
    all.extend(of(&found.loops, "changes each element"));
    all.extend(of(&found.writes, "writes a row"));
    all.extend(of(&found.assignments, "changes an entity"));
    all
}
