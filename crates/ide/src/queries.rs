//! How many queries code runs, in words and with the way to each: what lenses, inlay hints and hovers have in common.

use std::collections::BTreeMap;

use flow::{Analysis, Bound, Cost, EffectKind, FunctionRef, Site};
use model::{Modules, Project, Route};
use python::Scope;
use workspace::Snapshot;

/// The way to a query is followed this far down.
const MAX_HOPS: usize = 12;

/// `1 query`, `2 + N(orders) queries`
pub(crate) fn words(cost: &Cost) -> String {
    let text = cost.to_string();
    if text == "1" { "1 query".to_owned() } else { format!("{text} queries") }
}

/// `GET /orders`
pub(crate) fn route_words(route: &Route) -> String {
    let methods = if route.methods.is_empty() { "ANY".to_owned() } else { route.methods.join(", ") };
    format!("{methods} {}", route.path)
}

/// The routes that a function answers.
pub(crate) fn routes_of(snapshot: &Snapshot, project: Project, function: FunctionRef) -> Vec<Route> {
    let routes = model::query::routes(snapshot.db(), project);
    routes.of_function(function.module, function.function).cloned().collect()
}

/// What a function costs by the places in it: a call counts with everything below it and the loops around it.
pub(crate) fn by_site(analysis: &Analysis) -> BTreeMap<Site, Cost> {
    let mut costs: BTreeMap<Site, Cost> = BTreeMap::new();
    for (effect, (site, _)) in analysis.summary.effects.iter().zip(&analysis.hops) {
        if matches!(effect.kind, EffectKind::Query { .. }) {
            *costs.entry(*site).or_default() += &flow::cost::of_effect(effect);
        }
    }
    costs
}

/// Each query of a function, in words, with the functions on the way to it: one line each.
pub(crate) fn reasons(snapshot: &Snapshot, project: Project, function: FunctionRef) -> Vec<String> {
    let db = snapshot.db();
    let modules = model::query::modules(db, project);
    let analysis = flow::query::analysis(db, project, function.module, function.function);
    let mut lines = Vec::new();
    for (effect, (_, below)) in analysis.summary.effects.iter().zip(&analysis.hops) {
        let EffectKind::Query { what, .. } = &effect.kind else { continue };
        let mut line = format!("`{}`: {what}", flow::cost::of_effect(effect));
        let loops = effect.loops.iter().filter(|around| around.bound == Bound::Data);
        for around in loops {
            line.push_str(", once for each of ");
            line.push_str(&around.label);
        }
        let way = way(snapshot, project, &modules, *below);
        if !way.is_empty() {
            line.push_str(", through ");
            line.push_str(&way.join(", "));
        }
        if effect.is_conditional {
            line.push_str(" (sometimes)");
        }
        lines.push(line);
    }
    lines
}

/// The functions between a function and what one of its effects does, nearest first.
fn way(
    snapshot: &Snapshot,
    project: Project,
    modules: &Modules,
    below: Option<(FunctionRef, u16)>,
) -> Vec<String> {
    let (mut way, mut at) = (Vec::new(), below);
    for _ in 0..MAX_HOPS {
        let Some((function, index)) = at else { break };
        way.push(format!("`{}`", qualified(snapshot, modules, function)));
        let analysis = flow::query::analysis(snapshot.db(), project, function.module, function.function);
        at = analysis.hops.get(usize::from(index)).and_then(|(_, below)| *below);
    }
    way
}

/// `OrderRepository.recent`
pub(crate) fn qualified(snapshot: &Snapshot, modules: &Modules, function: FunctionRef) -> String {
    let definitions = python::query::definitions(snapshot.db(), modules[function.module].file);
    let Some(it) = definitions.functions.get(function.function.0 as usize) else { return String::new() };
    match it.scope {
        Scope::Class(class) => format!("{}.{}", definitions[class].name, it.name),
        Scope::Module | Scope::Function(_) => it.name.to_string(),
    }
}
