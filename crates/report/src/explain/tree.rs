//! From effects to a tree of calls.

use flow::trace::StepKind;
use flow::{Bound, Callee, Cost, Db, EffectKind, FunctionRef, Site};
use model::{Project, Route};
use source::PositionEncoding;

use super::{At, Branch, Explanation, Leaf};

/// Limit on the length of the path to a query.
const MAX_HOPS: usize = 12;

/// The calls and queries behind the cost of a route.
pub fn of_route(db: &dyn Db, project: Project, route: &Route) -> Explanation {
    let cost = flow::cost::of_route(db, project, route);
    let mut functions: Vec<Callee> = route
        .dependencies
        .iter()
        .map(|(module, function)| FunctionRef { module: *module, function: *function }.into())
        .collect();
    let handler = flow::handler_of(db, project, route);
    functions.extend(handler);
    let roots = functions.into_iter().filter_map(|function| root(db, project, function)).collect();
    let rendering = handler.map(|handler| rendered(db, project, handler)).unwrap_or_default();
    Explanation { route: route.title(), cost: cost.to_string(), is_open: cost.is_open, roots, rendering }
}

/// The tree of one function; `None` if it runs no query.
fn root(db: &dyn Db, project: Project, callee: Callee) -> Option<Branch> {
    let mut root = Branch {
        function: name(db, project, callee.function),
        place: defined(db, project, callee.function),
        loops: Vec::new(),
        queries: Vec::new(),
        calls: Vec::new(),
    };
    let analysis = flow::query::analysis_of(db, project, callee);
    for (index, effect) in analysis.summary.effects.iter().enumerate() {
        let EffectKind::Query { what, .. } = &effect.kind else { continue };
        let leaf = Leaf {
            cost: flow::cost::of_effect(effect).to_string(),
            what: what.to_string(),
            place: None,
            is_conditional: effect.is_conditional,
        };
        insert(db, project, &mut root, (callee, index), leaf, MAX_HOPS);
    }
    (!root.queries.is_empty() || !root.calls.is_empty()).then_some(root)
}

/// Inserts a query below the calls on the path to it.
fn insert(
    db: &dyn Db,
    project: Project,
    branch: &mut Branch,
    (caller, index): (Callee, usize),
    leaf: Leaf,
    left: usize,
) {
    let (function, analysis) = (caller.function, flow::query::analysis_of(db, project, caller));
    let Some(((site, below), effect)) = analysis.hops.get(index).zip(analysis.summary.effects.get(index))
    else {
        branch.queries.push(leaf);
        return;
    };
    let place = at(db, project, function, *site);
    let Some((callee, inner)) = below.filter(|_| left > 0) else {
        branch.queries.push(Leaf { place, ..leaf });
        return;
    };
    let callee_loops = flow::query::analysis_of(db, project, callee)
        .summary
        .effects
        .get(usize::from(inner))
        .map_or(0, |effect| effect.loops.len());
    // The loops of the callee follow the function's own.
    let own = effect.loops.len().saturating_sub(callee_loops);
    let loops: Vec<String> = effect
        .loops
        .iter()
        .take(own)
        .filter(|around| around.bound == Bound::Data)
        .map(|around| around.label.to_string())
        .collect();
    let function = name(db, project, callee.function);
    let known =
        branch.calls.iter().position(|it| it.function == function && it.place == place && it.loops == loops);
    let known = known.unwrap_or_else(|| {
        branch.calls.push(Branch { function, place, loops, queries: Vec::new(), calls: Vec::new() });
        branch.calls.len() - 1
    });
    if let Some(next) = branch.calls.get_mut(known) {
        insert(db, project, next, (callee, usize::from(inner)), leaf, left - 1);
    }
}

/// What rendering the response runs.
fn rendered(db: &dyn Db, project: Project, handler: Callee) -> Vec<Leaf> {
    let steps = flow::trace::of_rendering(db, project, handler);
    steps
        .into_iter()
        .filter_map(|mut step| {
            let mut factors = Vec::new();
            loop {
                match step.kind {
                    StepKind::Loop { label, mut steps, .. } => {
                        factors.push(label);
                        step = steps.pop()?;
                    }
                    StepKind::Query { what, .. } => {
                        let mut cost = Cost::default();
                        cost.add(factors);
                        return Some(Leaf {
                            cost: cost.to_string(),
                            what: what.to_string(),
                            place: None,
                            is_conditional: false,
                        });
                    }
                    _ => return None,
                }
            }
        })
        .collect()
}

/// `OrderService.recent`, `recent_orders`
fn name(db: &dyn Db, project: Project, function: FunctionRef) -> String {
    let file = model::query::file_of(db, project, function.module);
    let definitions = python::query::definitions(db, file);
    if let Some(class) = function.class_body().and_then(|class| definitions.classes.get(class.0 as usize)) {
        return class.name.to_string();
    }
    let Some(facts) = definitions.functions.get(function.function.0 as usize) else { return String::new() };
    match facts.scope {
        python::Scope::Class(class) => format!("{}.{}", definitions[class].name, facts.name),
        _ => facts.name.to_string(),
    }
}

fn defined(db: &dyn Db, project: Project, function: FunctionRef) -> Option<At> {
    let modules = model::query::modules(db, project);
    let info = modules.get(function.module)?;
    let span = python::query::spans(db, info.file).function_name(function.function);
    Some(line(db, info, span.start))
}

fn at(db: &dyn Db, project: Project, function: FunctionRef, site: Site) -> Option<At> {
    let modules = model::query::modules(db, project);
    let info = modules.get(function.module)?;
    let span = python::query::spans(db, info.file).expr(site.body, site.expr);
    (!span.is_empty()).then(|| line(db, info, span.start))
}

fn line(db: &dyn Db, info: &model::ModuleInfo, offset: u32) -> At {
    let text = source::query::text(db, info.file);
    At { file: info.path.to_string(), line: text.position(offset, PositionEncoding::Utf8).line + 1 }
}
