//! `route`: what does an endpoint do? Its handler, what runs before it, the call chain, queries, writes, and external
//! services.

use std::collections::BTreeSet;

use camino::Utf8Path;
use flow::FunctionRef;
use model::{ModuleId, Modules, Project, Route, Target};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use view::frameworks::{Kind, kind_of};
use workspace::Snapshot;

use crate::answer::{Answer, BUDGET};
use crate::session::{Session, project};
use crate::{Refused, layer, row};

/// Limits on the call levels followed, and on the functions named.
const HOPS: usize = 8;
const FUNCTIONS: usize = 60;

/// Limit on the routes named if none matches, or several do.
const FEW: usize = 8;

/// The arguments.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Arguments {
    path: String,
    method: Option<String>,
    budget: Option<usize>,
}

/// A function in the call chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Step {
    function: String,
    place: String,
    layer: &'static str,
    #[serde(skip_serializing_if = "is_zero")]
    queries: String,
}

fn is_zero(cost: &str) -> bool {
    cost == "0"
}

/// A query.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct QueryLine {
    query: String,
    /// The number of runs: `1`, `N(orders)`.
    times: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    through: Vec<String>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    sometimes: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    writes: bool,
}

/// Runs the tool.
///
/// # Errors
/// If no route has the path, or several have.
pub(crate) fn run(session: &Session, arguments: &Arguments) -> Result<Value, Refused> {
    let answer = session.look(|snapshot| {
        let project = project(snapshot)?;
        let routes = model::query::routes(snapshot.db(), project);
        let route = find(&routes.list, &arguments.path, arguments.method.as_deref())?;
        Ok::<_, Refused>(of_route(snapshot, project, route))
    })??;
    Ok(answer.fit(arguments.budget.unwrap_or(BUDGET)))
}

fn find<'a>(routes: &'a [Route], path: &str, method: Option<&str>) -> Result<&'a Route, Refused> {
    if routes.is_empty() {
        return Err(Refused::new("no routes are known in this project"));
    }
    let (method, path) = match path.trim().split_once(' ') {
        Some((method, path)) if method.chars().all(char::is_alphabetic) => (Some(method), path.trim()),
        _ => (method, path.trim()),
    };
    let method = method.map(str::to_uppercase);
    let answers = |route: &&Route| {
        method
            .as_deref()
            .is_none_or(|method| route.methods.is_empty() || route.methods.iter().any(|it| it == method))
    };
    let exact: Vec<&Route> = routes.iter().filter(|route| shape(&route.path) == shape(path)).collect();
    let found: Vec<&Route> = exact.iter().copied().filter(answers).collect();
    let near: Vec<&Route> = if exact.is_empty() {
        let fits = |route: &&Route| shape(&route.path).ends_with(&shape(path)) || filled(&route.path, path);
        routes.iter().filter(fits).filter(answers).collect()
    } else {
        found
    };
    let named = |list: &[&Route]| {
        list.iter().take(FEW).map(|route| format!("`{}`", route.title())).collect::<Vec<_>>().join(", ")
    };
    match &near[..] {
        [one] => Ok(one),
        [] if !exact.is_empty() => Err(Refused::new(format!("{path} answers {}", named(&exact)))),
        [] => {
            let last = path.rsplit('/').find(|piece| !piece.is_empty() && !piece.starts_with(['{', '<']));
            let alike: Vec<&Route> =
                routes.iter().filter(|route| last.is_some_and(|last| route.path.contains(last))).collect();
            let shown =
                if alike.is_empty() { named(&routes.iter().collect::<Vec<_>>()) } else { named(&alike) };
            Err(Refused::new(format!("no route has the path {path}; there are {shown}")))
        }
        many => Err(Refused::new(format!("several routes fit; give one of {}", named(many)))),
    }
}

/// The path with unnamed parameters: `/orders/{}`.
fn shape(path: &str) -> String {
    let pieces = path.split('/').filter(|piece| !piece.is_empty());
    let nameless = |piece: &str| {
        if piece.contains('{') || piece.contains('<') || piece.starts_with(':') {
            "{}".to_owned()
        } else {
            piece.to_owned()
        }
    };
    pieces.map(nameless).fold(String::new(), |path, piece| path + "/" + &piece)
}

/// Whether `path` is the route's with actual parameters: `/orders/12`.
fn filled(route: &str, path: &str) -> bool {
    let shape = shape(route);
    let pieces: Vec<&str> = path.split('/').filter(|piece| !piece.is_empty()).collect();
    let wanted: Vec<&str> = shape.split('/').filter(|piece| !piece.is_empty()).collect();
    pieces.len() == wanted.len()
        && wanted.iter().zip(&pieces).all(|(wanted, piece)| *wanted == "{}" || wanted == piece)
}

fn of_route(snapshot: &Snapshot, project: Project, route: &Route) -> Answer {
    let db = snapshot.db();
    let architecture = snapshot.architecture(project);
    let modules = &architecture.modules;
    let mut answer = Answer::default();
    answer.field("route", route.title());
    answer.field("framework", route.framework.as_str());
    let handler = &route.handler;
    answer.field("handler", format!("{}:{}", modules[handler.module].path, handler.qualified()));
    answer.maybe("response", route.response.as_ref().map(|response| &response.text));
    answer.field("authentication", route.authentication.as_deref().unwrap_or("none is visible"));
    let cost = flow::cost::of_route(db, project, route);
    answer.field("queries_per_request", cost.to_string());
    if cost.is_open {
        answer.field("unknown", "some calls could not be followed: there may be more queries");
    }
    let refer = |(module, function): (ModuleId, python::FunctionId)| FunctionRef { module, function };
    let dependencies: Vec<FunctionRef> = route.dependencies.iter().map(|it| refer(*it)).collect();
    let own = handler.function.map(refer);
    let mut way: Vec<FunctionRef> = dependencies.clone();
    way.extend(own);
    let step = |function: &FunctionRef| step(snapshot, project, &architecture, *function);
    answer.list("before_handler", 1, 2, dependencies.iter().filter_map(step));
    let reached = below(snapshot, project, &way);
    answer.list("chain", 1, 2, reached.iter().filter_map(step));
    let queries: Vec<QueryLine> =
        way.iter().flat_map(|function| queries(snapshot, project, *function)).collect();
    let (writes, reads): (Vec<QueryLine>, Vec<QueryLine>) = queries.into_iter().partition(|line| line.writes);
    answer.list("writes", 0, 2, writes);
    answer.list("queries", 0, 2, reads);
    answer.list("outside", 1, 2, outside(snapshot, project, modules, &reached));
    let file = modules[handler.function.map_or(handler.module, |(module, _)| module)].file;
    let found = row::of_file(snapshot, file);
    let lines = own.and_then(|function| lines(snapshot, modules, function));
    let here = found.iter().filter(|row| {
        lines.is_none_or(|(from, to)| {
            row.place
                .rsplit(':')
                .next()
                .and_then(|line| line.parse::<u32>().ok())
                .is_some_and(|line| (from..=to).contains(&line))
        })
    });
    answer.list("findings", 1, 1, here);
    answer
}

fn lines(snapshot: &Snapshot, modules: &Modules, function: FunctionRef) -> Option<(u32, u32)> {
    let file = modules.get(function.module)?.file;
    let spans = python::query::spans(snapshot.db(), file);
    let span = spans.functions.get(function.function.0 as usize).copied()?;
    let text = snapshot.text(file);
    let line = |offset| text.position(offset, source::PositionEncoding::Utf8).line + 1;
    Some((line(span.start), line(span.end)))
}

/// The functions that these call, directly or indirectly, and these themselves; nearest first.
fn below(snapshot: &Snapshot, project: Project, from: &[FunctionRef]) -> Vec<FunctionRef> {
    let mut seen: BTreeSet<FunctionRef> = from.iter().copied().collect();
    let mut order: Vec<FunctionRef> = from.to_vec();
    let mut edge = from.to_vec();
    for _ in 0..HOPS {
        let mut next = Vec::new();
        for function in &edge {
            let callees = flow::query::callees(snapshot.db(), project, function.module, function.function);
            next.extend(callees.iter().copied().filter(|callee| seen.insert(*callee)));
        }
        order.extend(&next);
        if next.is_empty() || order.len() >= FUNCTIONS {
            break;
        }
        edge = next;
    }
    order.truncate(FUNCTIONS);
    order
}

fn step(
    snapshot: &Snapshot,
    project: Project,
    architecture: &model::Architecture,
    function: FunctionRef,
) -> Option<Step> {
    let file = architecture.modules.get(function.module)?.file;
    let definitions = python::query::definitions(snapshot.db(), file);
    definitions.functions.get(function.function.0 as usize)?;
    let span = python::query::spans(snapshot.db(), file).function_name(function.function);
    Some(Step {
        function: definitions.short_name(function.function),
        place: row::place(snapshot, file, span),
        layer: layer::word(architecture, function.module),
        queries: flow::cost::of_function(snapshot.db(), project, function).to_string(),
    })
}

fn queries(snapshot: &Snapshot, project: Project, function: FunctionRef) -> Vec<QueryLine> {
    let rows = ide::query_rows(snapshot, project, function).into_iter();
    rows.map(|row| QueryLine {
        writes: is_write(&row.what),
        query: row.what.to_string(),
        times: row.cost,
        place: row.place.map(|place| row::place(snapshot, place.file, place.span)),
        through: row.way,
        sometimes: row.is_conditional,
    })
    .collect()
}

/// Whether a query writes, by the method that runs it.
fn is_write(what: &str) -> bool {
    const METHODS: [&str; 18] = [
        "add",
        "add_all",
        "delete",
        "merge",
        "flush",
        "commit",
        "save",
        "create",
        "update",
        "bulk_create",
        "bulk_update",
        "get_or_create",
        "update_or_create",
        "insert",
        "bulk_save_objects",
        "bulk_insert_mappings",
        "remove",
        "set",
    ];
    let call = what.split('(').next().unwrap_or(what);
    let method = call.rsplit('.').next().unwrap_or(call).trim_start_matches('a');
    let inner = what.split('(').nth(1).unwrap_or_default();
    METHODS.iter().any(|known| call.rsplit('.').next() == Some(known) || *known == method)
        || ["insert", "update", "delete"].iter().any(|known| inner.starts_with(known))
}

/// Libraries for external services, by the modules in the call chain that import them. Databases are listed as queries.
fn outside(snapshot: &Snapshot, project: Project, modules: &Modules, way: &[FunctionRef]) -> Vec<String> {
    let on_way: BTreeSet<ModuleId> = way.iter().map(|function| function.module).collect();
    let mut found = BTreeSet::new();
    for module in on_way {
        let info = &modules[module];
        for resolved in model::query::resolved(snapshot.db(), project, info.file).iter() {
            let (Target::ThirdParty(name) | Target::Standard(name)) = &resolved.target else { continue };
            let Some((library, kind)) = kind_of(name) else { continue };
            if matches!(kind, Kind::Client | Kind::Broker | Kind::Cloud) {
                found.insert(format!("{library} ({}) in {}", kind.words(), Utf8Path::new(&info.path)));
            }
        }
    }
    found.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_alike_whatever_their_parameters_are_called() {
        assert_eq!(shape("/orders/{order_id}/"), shape("orders/<int:pk>"));
        assert!(filled("/orders/{id}/lines", "/orders/12/lines"));
        assert!(!filled("/orders/{id}/lines", "/orders/12"));
    }

    #[test]
    fn writes_are_known_by_their_method() {
        for what in
            ["session.add(Order)", "Order.objects.create", "session.execute(update(Order))", "session.commit"]
        {
            assert!(is_write(what), "{what}");
        }
        for what in ["session.get(Order)", "Order.objects.filter", "session.execute(select(Order))"] {
            assert!(!is_write(what), "{what}");
        }
    }
}
