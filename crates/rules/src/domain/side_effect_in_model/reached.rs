//! Functions of the project that a method calls and that reach outside the process. What is awaited is no blocking call
//! of the method, so flow analysis says nothing about it.

use flow::{FunctionRef, Kind, Site};
use model::Project;
use python::{BodyId, BodyOwner, Expr, ExprId, Name};
use source::File;
use view::collaborators::head_value;
use view::scope::Names;
use view::{Context, Db};

use super::library;

/// Longer chains of helpers are not followed.
const MAX_HOPS: usize = 3;

/// A call of a library, and the functions that lead to it.
pub(super) struct Reached {
    /// What is called: `requests.get`.
    pub(super) what: Name,
    /// The functions, each with the call that goes on.
    pub(super) way: Vec<(FunctionRef, Site)>,
}

/// What a function of the project calls.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
struct Calls {
    /// The first call with a side effect outside the process.
    outside: Option<(Site, Name)>,
    /// Functions of the project.
    inside: Box<[(Site, FunctionRef)]>,
}

/// The function at module level that a call calls.
pub(super) fn called(names: &Names<'_>, id: BodyId, callee: ExprId) -> Option<FunctionRef> {
    match head_value(names, id, callee)?.kind {
        Kind::Function(function) => Some(function),
        _ => None,
    }
}

/// The way from a function to a side effect, the shortest first.
pub(super) fn reached(cx: &Context<'_>, from: FunctionRef) -> Option<Reached> {
    let mut level: Vec<Vec<(FunctionRef, Option<Site>)>> = vec![vec![(from, None)]];
    let mut seen = vec![from];
    for _ in 0..MAX_HOPS {
        let mut next = Vec::new();
        for way in level {
            let Some((last, _)) = way.last().copied() else { continue };
            let calls = calls(cx.db, cx.project, cx.file_of(last.module), last);
            let with = |site: Site| {
                let mut way = way.clone();
                if let Some(last) = way.last_mut() {
                    last.1 = Some(site);
                }
                way
            };
            if let Some((site, what)) = &calls.outside {
                let way = with(*site).into_iter().filter_map(|(function, site)| Some((function, site?)));
                return Some(Reached { what: what.clone(), way: way.collect() });
            }
            for (site, function) in &calls.inside {
                if !seen.contains(function) {
                    seen.push(*function);
                    let mut further = with(*site);
                    further.push((*function, None));
                    next.push(further);
                }
            }
        }
        level = next;
    }
    None
}

/// What one function calls in its own body.
#[salsa::tracked(returns(clone))]
fn calls(db: &dyn Db, project: Project, file: File, function: FunctionRef) -> Calls {
    let Some(cx) = view::query::context(db, project, file) else { return Calls::default() };
    let names = Names::of(&cx);
    let mut inside = Vec::new();
    for (id, body) in names.bodies() {
        if body.owner != BodyOwner::Function(function.function) {
            continue;
        }
        for (index, expr) in body.exprs.list.iter().enumerate() {
            let Expr::Call { callee, .. } = expr else { continue };
            let site = Site { body: id, expr: ExprId(index as u32) };
            if let Some(full) = names.outside(id, *callee)
                && library::reaches_out(&full, false)
            {
                return Calls { outside: Some((site, full.as_str().into())), inside: Box::default() };
            }
            if let Some(function) = called(&names, id, *callee) {
                inside.push((site, function));
            }
        }
    }
    Calls { outside: None, inside: inside.into() }
}
