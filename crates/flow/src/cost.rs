//! How many queries does a call run? The answer is a sum of products over the sizes of the collections that are
//! iterated: `2 + N(orders) + N(orders)·N(items)`.
//!
//! The cost is an upper bound: conditional queries count, and of mutually exclusive branches the most expensive one
//! does. `tests/proof/` verifies it against statements counted at run time. A query in a loop with a literal number of
//! rounds counts that often. If the program determines the number of rounds in another way (pages, retries, `while`),
//! the query counts once and the factor is left open.

pub(crate) mod answered;

use std::collections::BTreeMap;
use std::fmt::{self, Display, Formatter};
use std::ops::AddAssign;

use model::{ClassRef, Project, Route};
use python::Name;

use crate::serializers::{Missing, missing_in_depth};
use crate::{Bound, Callee, Db, Effect, EffectKind, FunctionRef, ProblemKind, Summary};

/// A symbolic number of queries: `1 + N(orders) + N(orders)·N(items)`.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Cost {
    /// The factors of each term, outermost first, with the term's coefficient; the empty product is the constant.
    pub terms: BTreeMap<Vec<Name>, u32>,
    /// Whether terms may be missing, because of recursion or because a library's view answers the request.
    pub is_open: bool,
}

impl Cost {
    /// Whether no query runs.
    pub fn is_zero(&self) -> bool {
        self.terms.is_empty() && !self.is_open
    }

    /// Whether the cost depends on the data.
    pub fn grows(&self) -> bool {
        self.terms.keys().any(|factors| !factors.is_empty())
    }

    /// The terms in display order: fewest factors first, then by name.
    pub fn sorted(&self) -> Vec<(&[Name], u32)> {
        let mut terms: Vec<(&[Name], u32)> =
            self.terms.iter().map(|(factors, count)| (factors.as_slice(), *count)).collect();
        terms.sort_by_key(|(factors, _)| (factors.len(), *factors));
        terms
    }

    /// Adds one query for each combination of these factors.
    pub fn add(&mut self, factors: Vec<Name>) {
        self.add_times(factors, 1);
    }

    fn add_times(&mut self, factors: Vec<Name>, times: u32) {
        let count = self.terms.entry(factors).or_default();
        *count = count.saturating_add(times);
    }

    /// The maximum of both costs, term by term: an upper bound of each.
    fn at_least(&mut self, other: Self) {
        for (factors, count) in other.terms {
            let known = self.terms.entry(factors).or_default();
            *known = (*known).max(count);
        }
        self.is_open |= other.is_open;
    }
}

impl AddAssign<&Cost> for Cost {
    fn add_assign(&mut self, other: &Cost) {
        for (factors, count) in &other.terms {
            let sum = self.terms.entry(factors.clone()).or_default();
            *sum = sum.saturating_add(*count);
        }
        self.is_open = self.is_open || other.is_open;
    }
}

impl Display for Cost {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let mut is_first = true;
        for (factors, count) in self.sorted() {
            if !is_first {
                out.write_str(" + ")?;
            }
            is_first = false;
            if factors.is_empty() {
                write!(out, "{count}")?;
                continue;
            }
            if count > 1 {
                write!(out, "{count}·")?;
            }
            for (index, factor) in factors.iter().enumerate() {
                if index > 0 {
                    out.write_str("·")?;
                }
                write!(out, "N({factor})")?;
            }
        }
        match (is_first, self.is_open) {
            (true, false) => out.write_str("0"),
            (true, true) => out.write_str("?"),
            (false, true) => out.write_str(" + ?"),
            (false, false) => Ok(()),
        }
    }
}

/// The cost of one call of a function.
pub fn of_function(db: &dyn Db, project: Project, function: FunctionRef) -> Cost {
    of_summary(&crate::query::summary(db, project, function.module, function.function))
}

/// The cost of one call of the function with this summary.
pub fn of_summary(summary: &Summary) -> Cost {
    let effects: Vec<&Effect> = summary.effects.iter().collect();
    of_effects(&effects, 0)
}

/// The combined cost of effects whose first `shared` arms are the same. Of each branch, the most expensive arm counts.
fn of_effects(effects: &[&Effect], shared: usize) -> Cost {
    let mut cost = Cost::default();
    let mut branches: BTreeMap<u16, BTreeMap<u16, Vec<&Effect>>> = BTreeMap::new();
    for effect in effects {
        match effect.arms.get(shared) {
            Some(arm) => {
                branches.entry(arm.branch).or_default().entry(arm.way).or_default().push(effect);
            }
            None => cost += &of_effect(effect),
        }
    }
    for ways in branches.values() {
        let mut dearest = Cost::default();
        for effects in ways.values() {
            dearest.at_least(of_effects(effects, shared + 1));
        }
        cost += &dearest;
    }
    cost
}

/// The cost of one effect: a query with its surrounding loops; zero for other effects.
pub fn of_effect(effect: &Effect) -> Cost {
    let mut cost = Cost::default();
    match &effect.kind {
        EffectKind::Query { .. } => match factors(effect) {
            Some(factors) => {
                cost.add_times(factors, rounds(effect));
                cost.is_open = effect.loops.iter().any(|around| around.bound == Bound::Fixed);
            }
            None => cost.is_open = true,
        },
        EffectKind::Calls { .. }
        | EffectKind::Renders { .. }
        | EffectKind::Touch(_)
        | EffectKind::Iterates(_)
        | EffectKind::Loads { .. }
        | EffectKind::Blocks { .. } => {}
    }
    cost
}

/// The cost of one request to a route: its handler, the handler's dependencies, and rendering the response.
pub fn of_route(db: &dyn Db, project: Project, route: &Route) -> Cost {
    let mut cost = Cost::default();
    for (module, function) in &route.dependencies {
        cost += &of_function(db, project, FunctionRef { module: *module, function: *function });
    }
    match crate::heir::of_route(db, project, route) {
        Some(handler) => {
            cost += &of_summary(&crate::query::summary_of(db, project, handler));
            cost += &of_response(db, project, handler);
            // `def list(...): return super().list(...)`
            let class = route.handler.class.clone().map(|class| ClassRef::new(route.handler.module, class));
            if class.is_some_and(|class| {
                let name = &route.handler.name;
                crate::serializers::answers_like_base(db, project, &class, handler.function, name)
            }) {
                cost += &of_library(db, project, route);
            }
        }
        None => cost += &of_library(db, project, route),
    }
    cost
}

/// The cost of rendering the rows that a handler returns.
pub fn of_response(db: &dyn Db, project: Project, handler: Callee) -> Cost {
    let mut cost = Cost::default();
    for query in rendered_queries(db, project, handler) {
        cost.add_times(query.factors, query.times);
    }
    cost
}

/// A query that rendering runs.
#[derive(Clone)]
pub(crate) struct RenderedQuery {
    /// The query runs once for each combination of these.
    pub(crate) factors: Vec<Name>,
    /// The number of such queries.
    pub(crate) times: u32,
    /// The kind of query.
    pub(crate) kind: ProblemKind,
    /// The function that runs the query; `None` if reading the field is enough to run it.
    pub(crate) by: Option<FunctionRef>,
}

/// The queries that the framework runs to render the rows returned by a handler.
pub(crate) fn rendered_queries(db: &dyn Db, project: Project, handler: Callee) -> Vec<RenderedQuery> {
    let mut queries = Vec::new();
    for route in crate::serializers::rendered_rows(db, project, handler) {
        let Some(model) = route.row.model.class().cloned() else { continue };
        let rendering = route.rendering(db, project, &model);
        let by_query = (route.query, route.row.traits);
        let missing = missing_in_depth(db, project, &rendering, &model, &route.row.loads, by_query);
        for missing in missing {
            queries.extend(of_missing(db, project, &model, &missing, route.is_many));
        }
    }
    let expired = crate::serializers::expired_rows(db, project, handler).into_iter();
    queries.extend(expired.filter_map(|(row, is_many)| {
        let model = row.model.class()?;
        let kind = ProblemKind::QueryPerRow {
            what: crate::expiry::reload_of(&row.model).into(),
            model: row.model.clone(),
        };
        let factors = if is_many { vec![label_of(&model.name)] } else { Vec::new() };
        Some(RenderedQuery { factors, times: 1, kind, by: None })
    }));
    queries
}

/// The cost of a library's method. The cost is always open, because of side work such as pagination and permissions;
/// methods other than those for lists and rows contribute nothing more.
fn of_library(db: &dyn Db, project: Project, route: &Route) -> Cost {
    let mut cost = Cost { is_open: true, ..Cost::default() };
    let answered = answered::of_route(db, project, route);
    for hook in answered.hooks {
        cost += &of_function(db, project, hook);
    }
    let Some(rows) = answered.rows else { return cost };
    let counted = u32::from(rows.is_counted);
    cost.add_times(Vec::new(), 1 + counted + u32::try_from(rows.apart.len()).unwrap_or(u32::MAX - 2));
    for query in rows.rendered {
        cost.add_times(query.factors, query.times);
    }
    cost
}

/// The queries that rendering runs for each row, or for the only row: the missing query, and what the rows that it
/// fetches load by default.
fn of_missing(
    db: &dyn Db,
    project: Project,
    model: &ClassRef,
    missing: &Missing,
    is_many: bool,
) -> Vec<RenderedQuery> {
    let kind = &missing.kind;
    let factors: Vec<Name> = rendered(model, missing).into_iter().skip(usize::from(!is_many)).collect();
    let apart = match kind {
        ProblemKind::LazyPerRow { owner, relationship, is_refined: false, .. } => {
            crate::separate_loads::of_lazy(db, project, owner, relationship)
        }
        _ => 0,
    };
    (0..=apart)
        .map(|_| RenderedQuery {
            factors: factors.clone(),
            times: missing.times,
            kind: kind.clone(),
            by: missing.below.map(|(callee, _)| callee.function),
        })
        .collect()
}

/// The factors of a query for each rendered row: the rows, and the relationships of many on the way.
fn rendered(model: &ClassRef, missing: &Missing) -> Vec<Name> {
    let mut factors = vec![label_of(&model.name)];
    factors.extend(missing.between.iter().cloned());
    factors
}

/// The sizes that a query is multiplied by; `None` if one occurs twice, because that is a recursion of unknown depth.
fn factors(effect: &Effect) -> Option<Vec<Name>> {
    let mut factors: Vec<Name> = Vec::new();
    for around in effect.loops.iter().filter(|around| around.bound == Bound::Data) {
        if factors.contains(&around.label) {
            return None;
        }
        factors.push(around.label.clone());
    }
    Some(factors)
}

/// The product of the rounds of all surrounding loops whose number of rounds is fixed by the program.
fn rounds(effect: &Effect) -> u32 {
    let rounds = effect.loops.iter().filter_map(|around| match around.bound {
        Bound::Rounds(rounds) => Some(u32::from(rounds)),
        Bound::Data | Bound::Fixed => None,
    });
    rounds.fold(1, u32::saturating_mul)
}

/// The label for the rows of an entity: `OrderItem` becomes `order_items`.
pub(crate) fn label_of(class: &str) -> Name {
    let mut word = String::new();
    let mut was_lower = false;
    for letter in class.chars() {
        if letter.is_uppercase() && was_lower {
            word.push('_');
        }
        was_lower = letter.is_lowercase();
        word.extend(letter.to_lowercase());
    }
    let ends_in = |ending: &str| word.ends_with(ending);
    if ends_in("y") && !["ay", "ey", "oy", "uy"].iter().any(|ending| ends_in(ending)) {
        word.pop();
        word.push_str("ies");
    } else if ["s", "x", "ch", "sh"].iter().any(|ending| ends_in(ending)) {
        word.push_str("es");
    } else {
        word.push('s');
    }
    word.into()
}

#[cfg(test)]
mod tests;
