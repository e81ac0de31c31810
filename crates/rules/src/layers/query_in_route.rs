//! A query in a route handler, although the project has a place for queries.

mod home;
pub(crate) use home::is_home_of_queries;
mod wanted;

use config::Level;
use model::ModuleId;
use python::{BodyId, FunctionId, Name};
use rustc_hash::FxHashSet;
use view::scope::Names;
use view::sessions::{CallKind, SessionCall, session_calls};
use view::{Context, Findings, Group, InPresets, Key, OptionDefault, OptionSpec, Place, Rule};

use self::home::{Homes, homes};
use self::wanted::wanted;
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
    let Some(homes) = homes(cx) else { return };
    let with_commit = cx.options(&RULE).bool("commit");
    let names = Names::of(cx);
    for function in handlers {
        let body = cx.module.definitions[function].body;
        let mut calls = session_calls(&names, body);
        // Where querying through the models is the norm, only calls that bypass them and use the session are reported.
        calls.retain(|call| !(homes.are_rows && call.is_of_model));
        let Some(first) = calls.iter().min_by_key(|call| call.kind == CallKind::Unit) else { continue };
        let is_unit = first.kind == CallKind::Unit;
        if (is_unit && !with_commit) || is_probe(cx, function) {
            continue;
        }
        report(&names, out, function, body, &homes, first, &calls);
    }
}

/// Where queries of the checked module belong that are about these tables, as code or in words; `None` if that is the
/// models themselves.
pub(super) fn place_for_queries(cx: &Context<'_>, tables: FxHashSet<(ModuleId, Name)>) -> Option<String> {
    let homes = homes(cx).filter(|homes| !homes.are_rows)?;
    let wanted = wanted::Wanted { tables, ..wanted::Wanted::default() };
    Some(homes.in_words(cx, homes.nearest(cx, &wanted)))
}

fn report(
    names: &Names<'_>,
    out: &mut Findings<'_>,
    function: FunctionId,
    body: BodyId,
    homes: &Homes,
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
    let home = homes.nearest(cx, &wanted(names, function, body, first.expr));
    let belongs = homes.in_words(cx, home);
    let message = match first.kind {
        CallKind::Unit => {
            format!("Route `{handler}` {does} (`{}()`); leave that to {belongs}", first.written)
        }
        _ => format!("Route `{handler}` {does} (`{}()`); move it to {belongs}", first.written),
    };
    let is_soft = first.kind == CallKind::Unit || homes.are_rows;
    let draft = out.add(names.span(body, first.expr), Key::new(handler), message);
    draft.modules([cx.own_name()].into_iter().chain(home.map(|home| cx.module_name(home))));
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
    if let Some(home) = home {
        let place = cx.module_name(home);
        draft.related(cx.file_of(home), Place::File, format!("`{place}` accesses the database"));
    }
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
