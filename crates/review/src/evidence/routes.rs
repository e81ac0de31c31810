//! The routes, with their handlers and costs.

use std::collections::BTreeMap;

use flow::FunctionRef;
use model::{Framework, ModuleId, Project};
use source::PositionEncoding;
use workspace::Snapshot;

use super::facts::Source;
use crate::claim::Place;

/// A route that the code serves.
#[derive(Debug, Clone)]
pub struct ServedRoute {
    /// `GET`; empty if it accepts any.
    pub methods: Vec<String>,
    /// With all known prefixes.
    pub path: String,
    /// `shop.api:list_orders`
    pub handler: String,
    /// The function that runs, if it is the project's.
    pub function: Option<FunctionRef>,
    /// The functions that run before it.
    pub dependencies: Vec<FunctionRef>,
    /// The module of the handler, by index.
    pub source: usize,
    /// The place of the handler.
    pub place: Place,
    /// The framework.
    pub framework: Framework,
    /// Its authentication.
    pub authentication: Option<String>,
    /// Whether the response is declared.
    pub has_response: bool,
    /// How many queries one request runs: `1 + N(orders)`.
    pub cost: String,
    /// The highest number of collections that it grows with at once: 0 if it doesn't grow.
    pub degree: usize,
    /// Its place among all routes by cost, the most costly first, as in `architrave routes --sort cost`.
    pub rank: usize,
}

impl ServedRoute {
    /// `GET /orders`
    pub fn title(&self) -> String {
        let methods = if self.methods.is_empty() { "ANY".to_owned() } else { self.methods.join(",") };
        format!("{methods} {}", self.path)
    }
}

/// Reads all routes.
pub(super) fn routes(snapshot: &Snapshot, project: Project, sources: &[Source]) -> Vec<ServedRoute> {
    let db = snapshot.db();
    let index: BTreeMap<ModuleId, usize> = sources.iter().enumerate().map(|(at, it)| (it.id, at)).collect();
    let mut found = Vec::new();
    let mut costs = Vec::new();
    for route in &model::query::routes(db, project).list {
        let Some(at) = index.get(&route.handler.module) else { continue };
        let source = &sources[*at];
        let spans = python::query::spans(db, source.file);
        let place = route.handler.function.and_then(|(module, function)| {
            let of = &sources[*index.get(&module)?];
            let span = python::query::spans(db, of.file).function_name(function);
            let line = snapshot.text(of.file).position(span.start, PositionEncoding::Utf8).line + 1;
            Some(Place::new(of.path.clone(), line))
        });
        let class = || {
            let name = route.handler.class.as_ref()?;
            let definitions = python::query::definitions(db, source.file);
            let (id, _) = definitions.classes().find(|(_, it)| it.name == *name)?;
            let line =
                snapshot.text(source.file).position(spans.class_name(id).start, PositionEncoding::Utf8).line;
            Some(Place::new(source.path.clone(), line + 1))
        };
        let run = |(module, function)| FunctionRef { module, function };
        let cost = flow::cost::of_route(db, project, route);
        found.push(ServedRoute {
            methods: route.methods.iter().map(ToString::to_string).collect(),
            path: route.path.to_string(),
            handler: format!("{}:{}", source.name, route.handler.qualified()),
            function: route.handler.function.map(run),
            dependencies: route.dependencies.iter().copied().map(run).collect(),
            source: *at,
            place: place.or_else(class).unwrap_or_else(|| Place::new(source.path.clone(), 1)),
            framework: route.framework,
            authentication: route.authentication.as_ref().map(ToString::to_string),
            has_response: route.response.is_some(),
            degree: cost.terms.keys().map(Vec::len).max().unwrap_or_default(),
            cost: cost.to_string(),
            rank: 0,
        });
        costs.push(cost);
    }
    let mut order: Vec<usize> = (0..costs.len()).collect();
    order.sort_by_key(|at| report::routes::by_cost(&costs[*at]));
    for (rank, at) in order.into_iter().enumerate() {
        found[at].rank = rank;
    }
    found
}
