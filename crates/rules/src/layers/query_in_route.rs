//! A query in a route handler, although the project has a place for queries.

mod home;

use config::Level;
use model::ModuleId;
use python::{BodyId, FunctionId};
use view::scope::Names;
use view::sessions::{CallKind, SessionCall, session_calls};
use view::{Context, Findings, Group, InPresets, Key, OptionDefault, OptionSpec, Place, Rule};

use self::home::{Home, home, place_in_words};
use super::handlers::handlers;

pub(crate) static RULE: Rule = Rule {
    id: "query-in-route",
    group: Group::Layers,
    summary: "a query or session call in a route handler, where there are repositories or services",
    level: Level::Warning,
    since: "0.1.0",
    docs: include_str!("query_in_route.md"),
    options: &[OptionSpec {
        name: "commit",
        default: OptionDefault::Bool(true),
        summary: "whether a handler that only commits, flushes or refreshes is reported, as info",
    }],
    has_fix: false,
    presets: InPresets {
        strict: Some(Level::Warning),
        layered: Some(Level::Warning),
        clean: Some(Level::Warning),
        hexagonal: Some(Level::Warning),
        fastapi: Some(Level::Warning),
        django: Some(Level::Off),
        ..InPresets::KEEP
    },
    judges: Rule::CODE,
    check,
};

fn check(cx: &Context<'_>, out: &mut Findings<'_>) {
    let handlers = handlers(cx);
    if handlers.is_empty() {
        return;
    }
    let Some(home) = home(cx) else { return };
    let with_commit = cx.options(&RULE).bool("commit");
    let names = Names::of(cx);
    for function in handlers {
        let body = cx.module.definitions[function].body;
        let mut calls = session_calls(&names, body);
        // Where querying through the models is the norm, only calls that bypass them and use the session are reported.
        calls.retain(|call| !(home.is_rows && call.is_of_model));
        let Some(first) = calls.iter().min_by_key(|call| call.kind == CallKind::Unit) else { continue };
        let is_unit = first.kind == CallKind::Unit;
        if (is_unit && !with_commit) || is_probe(cx, function) {
            continue;
        }
        report(&names, out, function, body, &home, first, &calls);
    }
}

/// The module where the queries of the checked module belong, unless that is the models themselves.
pub(super) fn place_for_queries(cx: &Context<'_>) -> Option<ModuleId> {
    home(cx).filter(|home| !home.is_rows).map(|home| home.module)
}

fn report(
    names: &Names<'_>,
    out: &mut Findings<'_>,
    function: FunctionId,
    body: BodyId,
    home: &Home,
    first: &SessionCall,
    calls: &[SessionCall],
) {
    let cx = names.cx;
    let handler = cx.qualified(function);
    let does = match first.kind {
        CallKind::Query => "queries the database directly",
        CallKind::Register => "writes to the database directly",
        CallKind::Unit => "controls the transaction",
    };
    let place = cx.module_name(home.module);
    let belongs = place_in_words(cx, home.module);
    let message = match first.kind {
        CallKind::Unit => {
            format!("Route `{handler}` {does} (`{}()`); leave that to `{belongs}`", first.written)
        }
        _ => format!("Route `{handler}` {does} (`{}()`); move it to `{belongs}`", first.written),
    };
    let is_soft = first.kind == CallKind::Unit || home.is_rows;
    let draft = out.add(names.span(body, first.expr), Key::new(handler), message);
    draft.modules([cx.own_name(), place]);
    if is_soft {
        draft.at_most(Level::Info);
    }
    for call in calls.iter().filter(|call| call.expr != first.expr) {
        draft.related(
            cx.file,
            Place::Expr { body, expr: call.expr },
            format!("`{}()` is called here", call.written),
        );
    }
    draft.related(cx.file_of(home.module), Place::File, format!("`{place}` accesses the database"));
}

/// Whether a handler only checks that the database is available.
fn is_probe(cx: &Context<'_>, function: FunctionId) -> bool {
    let name = cx.module.definitions[function].name.to_ascii_lowercase();
    name.split('_').any(|word| {
        matches!(
            word,
            "health"
                | "healthz"
                | "healthcheck"
                | "ready"
                | "readiness"
                | "live"
                | "liveness"
                | "ping"
                | "heartbeat"
        )
    })
}
