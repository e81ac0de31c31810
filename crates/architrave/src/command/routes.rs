//! `architrave routes`: each endpoint with its handler, response, authentication, and number of queries.

use std::io::Write;

use flow::Cost;
use model::{Modules, Project, Route};
use report::explain::Explanation;
use report::routes::NotRead;
use serde::Serialize;
use source::{PositionEncoding, Span};
use workspace::Snapshot;

use cache::Store;

use crate::arguments::{RouteChoice, RouteOrder, Routes, TextOrJson};
use crate::exit::Exit;
use crate::output::{write_json, write_table};
use crate::project::{Loaded, load_architecture, one_route};

/// The whole report; its shape is a contract.
#[derive(Debug, Default, Serialize)]
struct Report {
    schema: u32,
    routes: Vec<Row>,
    frameworks_not_read: Vec<NotRead>,
}

/// The calls and queries behind one cost; its shape is a contract.
#[derive(Debug, Serialize)]
struct Explained {
    schema: u32,
    #[serde(flatten)]
    explanation: Explanation,
}

#[derive(Debug, Serialize)]
struct Row {
    method: Option<String>,
    path: String,
    handler: String,
    framework: &'static str,
    file: String,
    line: Option<u32>,
    response_model: Option<String>,
    authentication: Option<String>,
    cost: Queries,
}

#[derive(Debug, Serialize)]
struct Queries {
    text: String,
    terms: Vec<Term>,
    open: bool,
}

#[derive(Debug, Serialize)]
struct Term {
    count: u32,
    factors: Vec<String>,
}

/// Prints the routes.
///
/// # Errors
/// If a folder doesn't exist, or the output can't be written.
pub(crate) fn run(options: &Routes, store: &Store) -> anyhow::Result<Exit> {
    let mut loaded = load_architecture(std::slice::from_ref(&options.path), store)?;
    if let Some(words) = &options.explain {
        let (project, route) = one_route(&loaded.snapshot(), words)?;
        let explanation =
            loaded.on_workers(|loaded| report::explain::of_route(loaded.snapshot().db(), project, &route));
        return tell(explanation, options.output_format);
    }
    let (mut report, mut rows) = loaded.on_workers(listed);
    if options.only == Some(RouteChoice::Costly) {
        rows.retain(|(cost, _)| cost.grows());
    }
    if options.sort == RouteOrder::Cost {
        rows.sort_by_cached_key(|(cost, _)| report::routes::by_cost(cost));
    }
    report.routes = rows.into_iter().map(|(_, row)| row).collect();
    let mut out = std::io::stdout().lock();
    match options.output_format {
        TextOrJson::Json => write_json(&mut out, &report)?,
        TextOrJson::Text => write_text(&mut out, &report)?,
    }
    Ok(Exit::Clean)
}

/// All routes with their costs, and what is said beside them.
fn listed(loaded: &Loaded) -> (Report, Vec<(Cost, Row)>) {
    let snapshot = loaded.snapshot();
    let mut report = Report { schema: 1, ..Report::default() };
    let mut rows: Vec<(Cost, Row)> = Vec::new();
    for project in snapshot.projects() {
        let modules = model::query::modules(snapshot.db(), *project);
        for route in &model::query::routes(snapshot.db(), *project).list {
            rows.extend(row(loaded, &snapshot, *project, &modules, route));
        }
        report.frameworks_not_read.extend(report::routes::not_read(snapshot.db(), *project));
    }
    (report, rows)
}

/// Prints the calls and queries behind the cost of one route.
fn tell(explanation: Explanation, format: TextOrJson) -> anyhow::Result<Exit> {
    let mut out = std::io::stdout().lock();
    match format {
        TextOrJson::Json => write_json(&mut out, &Explained { schema: 1, explanation })?,
        TextOrJson::Text => write!(out, "{}", explanation.text())?,
    }
    Ok(Exit::Clean)
}

/// One route with its cost, if its handler is below the requested paths.
fn row(
    loaded: &Loaded,
    snapshot: &Snapshot,
    project: Project,
    modules: &Modules,
    route: &Route,
) -> Option<(Cost, Row)> {
    let handler = &route.handler;
    let defined_in = handler.function.map_or(handler.module, |(module, _)| module);
    let info = &modules[defined_in];
    if !loaded.is_wanted(&loaded.root.join(&info.path)) {
        return None;
    }
    let spans = python::query::spans(snapshot.db(), info.file);
    let span = match handler.function {
        Some((_, function)) => Some(spans.function_name(function)),
        None => handler.class.as_ref().and_then(|class| {
            let definitions = python::query::definitions(snapshot.db(), info.file);
            let found =
                definitions.classes().find(|(_, it)| it.name == *class && it.scope == python::Scope::Module);
            found.map(|(id, _)| spans.class_name(id))
        }),
    };
    let line_of = |span: Span| snapshot.text(info.file).position(span.start, PositionEncoding::Utf8).line + 1;
    let line = span.map(line_of);
    let cost = flow::cost::of_route(snapshot.db(), project, route);
    let row = Row {
        method: (!route.methods.is_empty()).then(|| route.methods.join(",")),
        path: route.path.to_string(),
        handler: format!("{}:{}", modules[handler.module].name, handler.qualified()),
        framework: route.framework.as_str(),
        file: info.path.to_string(),
        line,
        response_model: route.response.as_ref().map(|response| response.text.to_string()),
        authentication: route.authentication.as_ref().map(ToString::to_string),
        cost: queries(&cost),
    };
    Some((cost, row))
}

fn queries(cost: &Cost) -> Queries {
    let terms = cost
        .sorted()
        .into_iter()
        .map(|(factors, count)| Term { count, factors: factors.iter().map(ToString::to_string).collect() });
    Queries { text: cost.to_string(), terms: terms.collect(), open: cost.is_open }
}

fn write_text(out: &mut impl Write, report: &Report) -> anyhow::Result<()> {
    const HEADS: [&str; 6] = ["method", "path", "handler", "response model", "authentication", "queries"];
    let or_dash = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
    let lines: Vec<Vec<String>> = report
        .routes
        .iter()
        .map(|row| {
            vec![
                row.method.clone().unwrap_or_else(|| "ANY".to_owned()),
                row.path.clone(),
                row.handler.clone(),
                or_dash(&row.response_model),
                or_dash(&row.authentication),
                row.cost.text.clone(),
            ]
        })
        .collect();
    if lines.is_empty() {
        writeln!(out, "no routes")?;
    } else {
        write_table(out, &HEADS, &lines)?;
    }
    for seen in &report.frameworks_not_read {
        let (first, more) =
            (seen.files.first().map_or("", String::as_str), seen.files.len().saturating_sub(1));
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        writeln!(out, "not read: routes of {} ({first}{more})", seen.framework)?;
    }
    Ok(())
}
