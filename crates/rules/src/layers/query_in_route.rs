//! A query written in a route handler, although the project has a place for queries.

use config::{Layer, Level};
use model::{Amount, ModuleId};
use python::{BodyId, FunctionId};
use view::scope::Names;
use view::sessions::{CallKind, SessionCall, session_calls};
use view::{Context, Findings, Group, InPresets, Key, OptionDefault, OptionSpec, Place, Rule};

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
        summary: "whether a handler that does no more than commit, flush or refresh is told, as info",
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

/// Where queries belong.
struct Home {
    module: ModuleId,
    /// Whether the rows themselves hold the queries: there are no repositories, and the models stand in for them.
    is_rows: bool,
}

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
        // Where rows are asked for rows everywhere, only what goes past them to the session is told.
        calls.retain(|call| !(home.is_rows && call.is_of_model));
        let Some(first) = calls.iter().min_by_key(|call| call.kind == CallKind::Unit) else { continue };
        let is_unit = first.kind == CallKind::Unit;
        if (is_unit && !with_commit) || is_probe(cx, function) {
            continue;
        }
        report(&names, out, function, body, &home, first, &calls);
    }
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

/// Whether a handler only asks whether the database is there.
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

/// The module where the queries of this one belong: the nearest repository or service; where there is none, the
/// models that hold queries of their own.
fn home(cx: &Context<'_>) -> Option<Home> {
    let imported: Vec<ModuleId> = cx.architecture.graph.imports(cx.id).iter().map(|edge| edge.to).collect();
    let own_context = cx.bounded_context(cx.id);
    let own_scope = cx.architecture.layers.scopes.get(cx.id);
    let nearness = |id: ModuleId| {
        let shares_context = own_context.is_some() && cx.bounded_context(id) == own_context;
        let shared =
            cx.module_name(id).split('.').zip(cx.own_name().split('.')).take_while(|(a, b)| a == b).count();
        (imported.contains(&id), shares_context, shared)
    };
    let candidates = cx.architecture.modules.iter().map(|(id, _)| id).filter(|id| {
        *id != cx.id
            && cx.architecture.layers.scopes.get(*id) == own_scope
            && (imported.contains(id) || is_around(cx.module_name(*id), cx.own_name()))
            && is_home(cx, *id)
    });
    // Of equals the first by path.
    let nearest = candidates.max_by_key(|id| (nearness(*id), std::cmp::Reverse(*id)));
    if let Some(module) = nearest {
        return Some(Home { module, is_rows: false });
    }
    let schema = model::query::schema(cx.db, cx.project);
    let rows = imported.into_iter().find(|id| {
        cx.layer(*id) != Some(Layer::Presentation)
            && model::query::signals(cx.db, cx.file_of(*id)).data_access == Amount::Many
            && schema.entities.keys().any(|class| class.module == *id)
    });
    rows.map(|module| Home { module, is_rows: true })
}

/// The module where the queries of a route belong; its package where only that is sure: who neither is imported nor has
/// a name in common with the route may be there for something else.
fn place_in_words<'a>(cx: &'a Context<'_>, home: ModuleId) -> &'a str {
    let name = cx.module_name(home);
    let last = |name: &'a str| name.rsplit('.').next().unwrap_or_default();
    let is_imported = cx.architecture.graph.imports(cx.id).iter().any(|edge| edge.to == home);
    let route = last(cx.own_name());
    let is_for_it =
        last(name).split('_').any(|word| WORDS.contains(&word) || route.split('_').any(|it| it == word));
    match name.rsplit_once('.') {
        Some((package, _)) if !is_imported && !is_for_it => package,
        _ => name,
    }
}

/// Whether a repository or service is there for a route: it is at home in a package around it. `shop.repositories.orders` is
/// there for all of `shop`, `shop.billing.service` for `shop.billing` alone.
fn is_around(home: &str, route: &str) -> bool {
    const TECHNICAL: [&str; 12] = [
        "adapters",
        "application",
        "core",
        "data",
        "database",
        "db",
        "domain",
        "infra",
        "infrastructure",
        "orm",
        "persistence",
        "storage",
    ];
    let is_layer =
        |segment: &str| TECHNICAL.contains(&segment) || segment.split('_').any(|word| WORDS.contains(&word));
    let mut route = route.split('.');
    home.split('.').take_while(|segment| !is_layer(segment)).all(|segment| route.next() == Some(segment))
}

/// Whether a module is a repository or a service that talks to the database, by its place and by what it does.
fn is_home(cx: &Context<'_>, id: ModuleId) -> bool {
    let Some(verdict) = cx.verdict(id) else { return false };
    if !matches!(verdict.layer, Layer::Application | Layer::Infrastructure) {
        return false;
    }
    // Its own name and that of its folder: further up, `services` may hold whole programs.
    let is_named = cx
        .module_name(id)
        .rsplit('.')
        .take(2)
        .flat_map(|segment| segment.split('_'))
        .any(|word| WORDS.contains(&word));
    is_named && model::query::signals(cx.db, cx.file_of(id)).data_access > Amount::None
}

/// What projects call the place for queries.
const WORDS: &[&str] = &[
    "crud",
    "dao",
    "daos",
    "gateway",
    "gateways",
    "interactor",
    "interactors",
    "repo",
    "repos",
    "repositories",
    "repository",
    "selectors",
    "service",
    "services",
    "usecase",
    "usecases",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn homes_are_around_their_routes() {
        let table = [
            ("app.crud", "app.api.routes.items", true),
            ("shop.repositories.orders", "shop.routers.orders", true),
            ("shop.db.crud", "shop.api.v1.orders", true),
            ("services.orders", "routers.orders", true),
            ("shop.billing.service", "shop.billing.views", true),
            ("shop.billing.service", "shop.auth.views", false),
            ("shop.rooms.services.booking", "shop.api.controllers", false),
        ];
        for (home, route, expected) in table {
            assert_eq!(is_around(home, route), expected, "{home} {route}");
        }
    }
}
