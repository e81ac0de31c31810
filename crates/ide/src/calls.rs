//! Call hierarchy of queries: from a query up through its callers to the routes; and from a route or a function down to
//! its queries. Functions without queries are left to other servers.

use std::collections::BTreeSet;

use camino::Utf8PathBuf;
use flow::{Cost, EffectKind, FunctionRef};
use model::{Project, Route};
use python::Scope;
use serde::{Deserialize, Serialize};
use source::{File, Span};
use view::Context;
use workspace::Snapshot;

use crate::hover::{function, query};
use crate::queries;

/// Something that runs queries, or a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallItem {
    /// `OrderRepository.recent`, `GET /orders`, `session.get(User)`.
    pub name: String,
    /// Its kind.
    pub kind: CallKind,
    /// The cost of a call: `1 + N(orders) queries`; `None` for a query.
    pub detail: Option<String>,
    /// Its file.
    pub file: File,
    /// The whole span.
    pub whole: Span,
    /// Its name, within `whole`.
    pub name_span: Span,
    /// The data to find it again.
    pub data: CallData,
}

/// The kind of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallKind {
    /// A route, called by requests.
    Route,
    /// A function.
    Function,
    /// A method.
    Method,
    /// A query.
    Query,
}

/// The data to find an item again, on this snapshot or a later one. Clients carry it as JSON.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct CallData {
    /// The file; absolute.
    pub path: Utf8PathBuf,
    /// The function: `OrderRepository.recent`.
    pub function: String,
    /// `GET /orders`, if the function handles this route.
    pub route: Option<String>,
    /// The index of the function's effect, for a query.
    pub effect: Option<u16>,
}

/// A call, seen from one of its ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// The other end.
    pub item: CallItem,
    /// The call sites: bytes of the caller's file.
    pub sites: Vec<Span>,
}

/// The query or the function at a byte offset; `None` if it runs no queries and handles no route.
pub fn prepare(snapshot: &Snapshot, file: File, offset: u32) -> Option<CallItem> {
    let cx = crate::context(snapshot, file)?;
    if let Some((function, effect)) = function::at(snapshot, &cx, offset)
        .is_none()
        .then(|| query::at(snapshot, &cx, offset).map(|(_, function, index)| (function, index)))
        .flatten()
    {
        return of_query(snapshot, cx.project, function, effect as u16);
    }
    let (_, function) = function::at(snapshot, &cx, offset)?;
    let cost = flow::cost::of_function(snapshot.db(), cx.project, function);
    let is_route = || !queries::routes_of(snapshot, cx.project, function).is_empty();
    (!cost.is_zero() || is_route()).then(|| of_function(snapshot, cx.project, function)).flatten()
}

/// The callers: of a function, its callers and the routes that it handles; of a query, its function.
pub fn incoming(snapshot: &Snapshot, data: &CallData) -> Vec<Call> {
    let Some((project, function)) = find(snapshot, data) else { return Vec::new() };
    if data.route.is_some() {
        return Vec::new();
    }
    if let Some(effect) = data.effect {
        let item = of_function(snapshot, project, function);
        let site = of_query(snapshot, project, function, effect).map(|query| query.name_span);
        return item.map(|item| Call { item, sites: site.into_iter().collect() }).into_iter().collect();
    }
    let mut calls: Vec<Call> = Vec::new();
    let routes = model::query::routes(snapshot.db(), project);
    let reference = (function.module, function.function);
    let asks =
        |route: &&Route| route.handler.function == Some(reference) || route.dependencies.contains(&reference);
    for route in routes.list.iter().filter(asks) {
        if let Some(item) = of_route(snapshot, project, route) {
            calls.push(Call { sites: vec![item.name_span], item });
        }
    }
    let callers = flow::query::callers(snapshot.db(), project);
    for caller in callers.get(&function).into_iter().flatten() {
        if let Some(item) = of_function(snapshot, project, *caller) {
            calls.push(Call { sites: sites(snapshot, project, *caller, function), item });
        }
    }
    calls
}

/// The callees that run queries, and the queries themselves.
pub fn outgoing(snapshot: &Snapshot, data: &CallData) -> Vec<Call> {
    let Some((project, function)) = find(snapshot, data) else { return Vec::new() };
    let db = snapshot.db();
    let costs = |function: &FunctionRef| !flow::cost::of_function(db, project, *function).is_zero();
    if data.effect.is_some() {
        return Vec::new();
    }
    if let Some(route) = &data.route {
        let routes = queries::routes_of(snapshot, project, function);
        let Some(route) = routes.iter().find(|it| it.title() == *route) else {
            return Vec::new();
        };
        let dependencies = route
            .dependencies
            .iter()
            .map(|(module, function)| FunctionRef { module: *module, function: *function });
        let called = dependencies.filter(&costs).chain([function]);
        let own = of_function(snapshot, project, function).map(|item| item.name_span);
        let items = called.filter_map(|called| of_function(snapshot, project, called));
        return items.map(|item| Call { item, sites: own.into_iter().collect() }).collect();
    }
    let analysis = flow::query::analysis(db, project, function.module, function.function);
    let mut calls: Vec<Call> = Vec::new();
    for (index, (effect, (_, below))) in analysis.summary.effects.iter().zip(&analysis.hops).enumerate() {
        if below.is_none()
            && matches!(effect.kind, EffectKind::Query { .. })
            && let Some(item) = of_query(snapshot, project, function, index as u16)
        {
            calls.push(Call { sites: vec![item.name_span], item });
        }
    }
    let callees = flow::query::callees(db, project, function.module, function.function);
    for callee in callees.iter().filter(|callee| costs(callee)) {
        if let Some(item) = of_function(snapshot, project, *callee) {
            calls.push(Call { sites: sites(snapshot, project, function, *callee), item });
        }
    }
    calls
}

/// The routes whose requests run a query (an effect of `function`), with the number of runs, in the order of the
/// project's routes.
pub(crate) fn routes_that_run(
    snapshot: &Snapshot,
    project: Project,
    function: FunctionRef,
    effect: usize,
) -> Vec<(Route, Cost)> {
    let db = snapshot.db();
    let callers = flow::query::callers(db, project);
    let mut reaching: BTreeSet<FunctionRef> = BTreeSet::from([function]);
    let mut open = vec![function];
    while let Some(at) = open.pop() {
        for caller in callers.get(&at).into_iter().flatten() {
            if reaching.insert(*caller) {
                open.push(*caller);
            }
        }
    }
    let goal = (function, effect as u16);
    let mut found = Vec::new();
    for route in &model::query::routes(db, project).list {
        let parts = route.dependencies.iter().copied().chain(route.handler.function);
        let parts = parts.map(|(module, function)| FunctionRef { module, function });
        let mut cost = Cost::default();
        for part in parts.filter(|part| reaching.contains(part)) {
            let analysis = flow::query::analysis(db, project, part.module, part.function);
            for (index, effect) in analysis.summary.effects.iter().enumerate() {
                if queries::end(snapshot, project, (part, index as u16)) == goal {
                    cost += &flow::cost::of_effect(effect);
                }
            }
        }
        if !cost.is_zero() {
            found.push((route.clone(), cost));
        }
    }
    found
}

/// The calls of `callee` in `caller`.
fn sites(snapshot: &Snapshot, project: Project, caller: FunctionRef, callee: FunctionRef) -> Vec<Span> {
    let db = snapshot.db();
    let analysis = flow::query::analysis(db, project, caller.module, caller.function);
    let Some(info) = model::query::modules(db, project).get(caller.module).cloned() else {
        return Vec::new();
    };
    let spans = python::query::spans(db, info.file);
    let calls = analysis.calls.iter().filter(|(_, called)| *called == callee);
    let mut sites: Vec<Span> = calls.map(|(site, _)| spans.expr(site.body, site.expr)).collect();
    sites.retain(|span| !span.is_empty());
    sites.dedup();
    sites
}

fn of_function(snapshot: &Snapshot, project: Project, function: FunctionRef) -> Option<CallItem> {
    let db = snapshot.db();
    let cx = context_of(snapshot, project, function)?;
    let facts = cx.module.definitions.functions.get(function.function.0 as usize)?;
    let kind = if matches!(facts.scope, Scope::Class(_)) { CallKind::Method } else { CallKind::Function };
    let cost = flow::cost::of_function(db, project, function);
    let whole = cx.module.spans.functions.get(function.function.0 as usize).copied()?;
    Some(CallItem {
        name: cx.qualified(function.function),
        kind,
        detail: (!cost.is_zero()).then(|| queries::words(&cost)),
        file: cx.file,
        whole,
        name_span: cx.module.spans.function_name(function.function),
        data: data(&cx, function),
    })
}

/// A route is placed at its handler; a library's handler has no place.
fn of_route(snapshot: &Snapshot, project: Project, route: &Route) -> Option<CallItem> {
    let (module, function) = route.handler.function?;
    let handler = of_function(snapshot, project, FunctionRef { module, function })?;
    let name = route.title();
    let cost = flow::cost::of_route(snapshot.db(), project, route);
    Some(CallItem {
        kind: CallKind::Route,
        detail: Some(queries::words(&cost)),
        data: CallData { route: Some(name.clone()), ..handler.data },
        name,
        ..handler
    })
}

fn of_query(snapshot: &Snapshot, project: Project, function: FunctionRef, effect: u16) -> Option<CallItem> {
    let cx = context_of(snapshot, project, function)?;
    let analysis = flow::query::analysis(snapshot.db(), project, function.module, function.function);
    let index = usize::from(effect);
    let EffectKind::Query { what, .. } = &analysis.summary.effects.get(index)?.kind else { return None };
    let (site, None) = analysis.hops.get(index)? else { return None };
    let span = cx.module.spans.expr(site.body, site.expr);
    Some(CallItem {
        name: what.to_string(),
        kind: CallKind::Query,
        detail: None,
        file: cx.file,
        whole: span,
        name_span: span,
        data: CallData { effect: Some(effect), ..data(&cx, function) },
    })
}

fn data(cx: &Context<'_>, function: FunctionRef) -> CallData {
    CallData {
        path: cx.file.path(cx.db).clone(),
        function: cx.qualified(function.function),
        route: None,
        effect: None,
    }
}

fn context_of(snapshot: &Snapshot, project: Project, function: FunctionRef) -> Option<Context<'_>> {
    let db = snapshot.db();
    let file = model::query::modules(db, project).get(function.module)?.file;
    view::query::context(db, project, file)
}

/// The function of an item; of several with one name the last, which is the one that is called.
fn find(snapshot: &Snapshot, data: &CallData) -> Option<(Project, FunctionRef)> {
    let cx = crate::context(snapshot, snapshot.file(&data.path)?)?;
    let ids = cx.module.definitions.functions().map(|(id, _)| id);
    let function = ids.filter(|id| cx.qualified(*id) == data.function).last()?;
    Some((cx.project, FunctionRef { module: cx.id, function }))
}

#[cfg(test)]
mod tests;
