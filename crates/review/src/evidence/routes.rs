//! The routes, with their handlers and costs.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use flow::{Cost, Db, FunctionRef};
use model::{Framework, ModuleId, Project, Route};
use rustc_hash::FxHashMap;
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
    /// The same without what it shares with other routes, see [`Shared`].
    pub own: String,
    /// The highest number of collections that its own cost grows with at once: 0 if it doesn't grow.
    pub degree: usize,
    /// Its place among all routes by its own cost, the most costly first.
    pub rank: usize,
}

/// A function that runs before several routes, with queries that grow: said once, not of each of them.
#[derive(Debug, Clone)]
pub struct Shared {
    /// Its name.
    pub name: String,
    /// Its place.
    pub place: Place,
    /// How many queries one call runs.
    pub cost: String,
    /// The number of routes that it runs before.
    pub routes: usize,
}

impl ServedRoute {
    /// `GET /orders`
    pub fn title(&self) -> String {
        let methods = if self.methods.is_empty() { "ANY".to_owned() } else { self.methods.join(",") };
        format!("{methods} {}", self.path)
    }
}

/// What runs before several routes, by different handlers, and grows with the data.
fn shared(db: &dyn Db, project: Project) -> FxHashMap<FunctionRef, (Cost, usize)> {
    let mut before: FxHashMap<FunctionRef, Vec<&Route>> = FxHashMap::default();
    let routes = model::query::routes(db, project);
    for route in &routes.list {
        for (module, function) in &route.dependencies {
            before.entry(FunctionRef { module: *module, function: *function }).or_default().push(route);
        }
    }
    let is_shared = |routes: &[&Route]| routes.iter().any(|it| it.handler != routes[0].handler);
    let shared = before.into_iter().filter(|(_, routes)| is_shared(routes));
    let costs = shared
        .map(|(function, routes)| (function, (flow::cost::of_function(db, project, function), routes.len())));
    costs.filter(|(_, (cost, _))| cost.grows()).collect()
}

/// Reads all routes, and what runs before several of them.
pub(super) fn routes(
    snapshot: &Snapshot,
    project: Project,
    sources: &[Source],
) -> (Vec<ServedRoute>, Vec<Shared>) {
    let db = snapshot.db();
    let shared = shared(db, project);
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
        let mut own = cost.clone();
        for (dependency, _) in
            route.dependencies.iter().filter_map(|(module, function)| shared.get(&run((*module, *function))))
        {
            take_out(&mut own, dependency);
        }
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
            own: own.to_string(),
            degree: own.terms.keys().map(Vec::len).max().unwrap_or_default(),
            cost: cost.to_string(),
            rank: 0,
        });
        costs.push(own);
    }
    let mut order: Vec<usize> = (0..costs.len()).collect();
    order.sort_by_key(|at| report::routes::by_cost(&costs[*at]));
    for (rank, at) in order.into_iter().enumerate() {
        found[at].rank = rank;
    }
    let named = |(function, (cost, routes)): (FunctionRef, (Cost, usize))| {
        let source = &sources[*index.get(&function.module)?];
        let it = source.functions.iter().find(|it| it.id == function)?;
        let place = Place::new(source.path.clone(), it.line);
        Some(Shared { name: it.name.clone(), place, cost: cost.to_string(), routes })
    };
    let mut shared: Vec<Shared> = shared.into_iter().filter_map(named).collect();
    shared.sort_by(|one, other| {
        let key = |it: &Shared| (Reverse(it.routes), it.place.clone());
        key(one).cmp(&key(other))
    });
    (found, shared)
}

/// Takes a part out of a sum.
fn take_out(sum: &mut Cost, part: &Cost) {
    for (factors, count) in &part.terms {
        if let Some(known) = sum.terms.get_mut(factors) {
            *known = known.saturating_sub(*count);
        }
    }
    sum.terms.retain(|_, count| *count > 0);
}
