//! How many queries code runs, as text and with the path to each: shared by lenses, inlay hints and hovers.

mod loops;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use flow::{Analysis, Bound, Callee, Cost, EffectKind, FunctionRef, Site};
use model::{Modules, Project, Route};
use python::Name;
use workspace::Snapshot;

use crate::{Place, Words, place};

/// Limit on the length of the path to a query.
const MAX_HOPS: usize = 12;

/// `1 query`, `2 + N(orders) queries`
pub(crate) fn words(cost: &Cost) -> String {
    query_words(&cost.to_string())
}

/// The same for a cost that is already text.
pub fn query_words(cost: &str) -> String {
    if cost == "1" { "1 query".to_owned() } else { format!("{cost} queries") }
}

/// The routes that a function handles.
pub(crate) fn routes_of(snapshot: &Snapshot, project: Project, function: FunctionRef) -> Vec<Route> {
    let routes = model::query::routes(snapshot.db(), project);
    routes.of_function(function.module, function.function).cloned().collect()
}

/// The cost of a function by site: a call includes everything below it and the loops around it.
pub(crate) fn by_site(analysis: &Analysis) -> BTreeMap<Site, Cost> {
    let mut costs: BTreeMap<Site, Cost> = BTreeMap::new();
    for (effect, (site, _)) in analysis.summary.effects.iter().zip(&analysis.hops) {
        if matches!(effect.kind, EffectKind::Query { .. }) {
            *costs.entry(*site).or_default() += &flow::cost::of_effect(effect);
        }
    }
    costs
}

/// A query that a call of a function runs, with its place and the path to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reason {
    /// What it contributes to the cost of the function: `N(orders)`.
    pub(crate) cost: Cost,
    /// As text: `session.get(User)`.
    pub(crate) what: Name,
    /// The loops and calls on the path to it, in that order; the last is the query itself.
    pub(crate) path: Vec<Place>,
    /// The loops around it, outermost first: as a word, and the place.
    pub(crate) loops: Vec<(Name, Option<Place>)>,
    /// The functions on the path, nearest first.
    pub(crate) way: Vec<FunctionRef>,
    /// Whether it runs only sometimes.
    pub(crate) is_conditional: bool,
}

impl Reason {
    /// Where the query is.
    pub(crate) fn place(&self) -> Option<Place> {
        self.path.last().copied()
    }
}

/// A query that a call of a function runs, for reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryRow {
    /// What it contributes to the cost of the function: `N(orders)`.
    pub cost: String,
    /// As text: `session.get(User)`.
    pub what: Name,
    /// Where it is.
    pub place: Option<Place>,
    /// The loops around it, outermost first.
    pub loops: Vec<Name>,
    /// The functions on the path, nearest first: `OrderRepository.recent`.
    pub way: Vec<String>,
    /// Whether it runs only sometimes.
    pub is_conditional: bool,
}

/// The queries that a call of a function runs, in source order.
pub fn query_rows(snapshot: &Snapshot, project: Project, function: FunctionRef) -> Vec<QueryRow> {
    let modules = model::query::modules(snapshot.db(), project);
    let found = reasons(snapshot, project, function, None).into_iter();
    found
        .map(|reason| QueryRow {
            cost: reason.cost.to_string(),
            place: reason.place(),
            what: reason.what,
            loops: reason.loops.into_iter().map(|(label, _)| label).collect(),
            way: reason.way.iter().map(|function| qualified(snapshot, &modules, *function)).collect(),
            is_conditional: reason.is_conditional,
        })
        .collect()
}

/// The queries of a function, in source order; only those at `site`, if given.
pub(crate) fn reasons(
    snapshot: &Snapshot,
    project: Project,
    function: FunctionRef,
    site: Option<Site>,
) -> Vec<Reason> {
    let analysis = flow::query::analysis(snapshot.db(), project, function.module, function.function);
    let effects = analysis.summary.effects.iter().zip(&analysis.hops).enumerate();
    effects
        .filter(|(_, (_, (at, _)))| site.is_none_or(|site| site == *at))
        .filter_map(|(index, (effect, _))| {
            let EffectKind::Query { what, .. } = &effect.kind else { return None };
            let mut reason = Reason {
                cost: flow::cost::of_effect(effect),
                what: what.clone(),
                path: Vec::new(),
                loops: Vec::new(),
                way: Vec::new(),
                is_conditional: effect.is_conditional,
            };
            follow(snapshot, project, (function.into(), index as u16), &mut reason);
            Some(reason)
        })
        .collect()
}

/// Follows an effect of a function down to the query.
fn follow(snapshot: &Snapshot, project: Project, from: (Callee, u16), reason: &mut Reason) {
    let mut at = Some(from);
    for _ in 0..MAX_HOPS {
        let Some((callee, index)) = at else { break };
        let (function, analysis) =
            (callee.function, flow::query::analysis_of(snapshot.db(), project, callee));
        let index = usize::from(index);
        let (Some(effect), Some((site, below))) =
            (analysis.summary.effects.get(index), analysis.hops.get(index))
        else {
            break;
        };
        let inner = below.and_then(|(callee, index)| {
            let analysis = flow::query::analysis_of(snapshot.db(), project, callee);
            Some(analysis.summary.effects.get(usize::from(index))?.loops.len())
        });
        // The loops of the callee follow the function's own.
        let own = &effect.loops[..effect.loops.len().saturating_sub(inner.unwrap_or(0))];
        let places = loops::around(snapshot, project, function.module, *site, own.len());
        for (around, place) in own.iter().zip(places).filter(|(around, _)| around.bound == Bound::Data) {
            reason.loops.push((around.label.clone(), place));
            reason.path.extend(place);
        }
        reason.path.extend(place::of_site(snapshot, project, function.module, *site));
        reason.way.extend(below.map(|(callee, _)| callee.function));
        at = *below;
    }
}

/// Where an effect of a function really happens: the function down the call chain, and the index of the effect there.
pub(crate) fn end(snapshot: &Snapshot, project: Project, from: (FunctionRef, u16)) -> (FunctionRef, u16) {
    let mut at = (Callee::from(from.0), from.1);
    for _ in 0..MAX_HOPS {
        let (callee, index) = at;
        let analysis = flow::query::analysis_of(snapshot.db(), project, callee);
        match analysis.hops.get(usize::from(index)) {
            Some((_, Some(below))) => at = *below,
            _ => break,
        }
    }
    (at.0.function, at.1)
}

/// The places on the paths to queries, in order of execution: loops, calls, queries; without duplicates.
pub(crate) fn path(reasons: &[Reason]) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::new();
    for reason in reasons {
        for place in &reason.path {
            if !places.contains(place) {
                places.push(*place);
            }
        }
    }
    places
}

/// The text of a cost in parts, each term with the first query that contributes it; the concatenation equals [`words`].
pub(crate) fn terms(cost: &Cost, reasons: &[Reason]) -> Vec<(String, Option<Place>)> {
    let whole = words(cost);
    let mut parts: Vec<(String, Option<Place>)> = Vec::new();
    let mut rest = whole.as_str();
    for (factors, count) in cost.sorted() {
        let term = Cost { terms: [(factors.to_vec(), count)].into(), is_open: false }.to_string();
        let Some((before, behind)) = rest.split_once(term.as_str()) else { break };
        if !before.is_empty() {
            parts.push((before.to_owned(), None));
        }
        let reason = reasons.iter().find(|reason| reason.cost.terms.contains_key(factors));
        parts.push((term, reason.and_then(Reason::place)));
        rest = behind;
    }
    if !rest.is_empty() {
        parts.push((rest.to_owned(), None));
    }
    parts
}

/// Adds one line about a query: what it is, where, how often, and through which functions.
pub(crate) fn explain(snapshot: &Snapshot, project: Project, reason: &Reason, out: &mut Words) {
    let modules = model::query::modules(snapshot.db(), project);
    let _ = write!(out, "`{}`: {}", reason.cost, reason.what);
    if let Some(place) = reason.place() {
        out.push(" at ");
        out.place(&format!("`{}`", place::in_words(snapshot, project, place)), Some(place));
    }
    for (label, place) in &reason.loops {
        out.push(", once for each of ");
        out.place(label, *place);
    }
    for (index, function) in reason.way.iter().enumerate() {
        out.push(if index == 0 { ", through " } else { ", " });
        let name = format!("`{}`", qualified(snapshot, &modules, *function));
        out.place(&name, place::of_function(snapshot, project, *function));
    }
    if reason.is_conditional {
        out.push(" (sometimes)");
    }
}

/// `OrderRepository.recent`
pub(crate) fn qualified(snapshot: &Snapshot, modules: &Modules, function: FunctionRef) -> String {
    let definitions = python::query::definitions(snapshot.db(), modules[function.module].file);
    if definitions.functions.get(function.function.0 as usize).is_none() {
        return String::new();
    }
    definitions.short_name(function.function)
}
