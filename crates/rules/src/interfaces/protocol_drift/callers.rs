//! Calls through the port that the implementation doesn't accept.

use python::{Arg, Body, Expr, ExprId, Name};

use super::Pair;
use super::compare::Difference;
use source::File;
use view::Place;

/// A call that fails.
pub(super) struct Caller {
    pub(super) file: File,
    pub(super) place: Place,
    /// The parameter at fault; empty if it is the call as a whole.
    pub(super) trips_over: Name,
}

/// The first call through the port that fails because of a difference.
pub(super) fn caller(pair: &Pair<'_>, method: &str, difference: &Difference) -> Option<Caller> {
    let cx = pair.cx;
    let dependents = model::query::dependents(cx.db, cx.project, pair.port.clone());
    for (module, asked) in dependents.iter() {
        let usage = flow::query::usage(cx.db, cx.project, *module, asked.place);
        let used = usage.members.iter().filter(|used| used.name == method);
        for (function, site) in used.flat_map(|used| &used.places) {
            let file = cx.file_of(function.module);
            let Some(body) = python::query::body(cx.db, file, site.body) else { continue };
            let Some((call, args)) = call(&body, site.expr) else { continue };
            let Some(trips_over) = trips(&body, call, args, difference) else { continue };
            let place = Place::Expr { body: site.body, expr: site.expr };
            return Some(Caller { file, place, trips_over });
        }
    }
    None
}

/// The call that `expr` is, or is the callee of.
fn call(body: &Body, expr: ExprId) -> Option<(ExprId, &[Arg])> {
    if let Expr::Call { args, .. } = &body[expr] {
        return Some((expr, args));
    }
    body.exprs.list.iter().enumerate().find_map(|(index, other)| match other {
        Expr::Call { callee, args } if *callee == expr => Some((ExprId(index as u32), &**args)),
        _ => None,
    })
}

/// The parameter that makes a call fail; the method's own name if it is the call as a whole.
fn trips(body: &Body, call: ExprId, args: &[Arg], difference: &Difference) -> Option<Name> {
    let by_name = |name: &Name| args.iter().any(|arg| matches!(arg, Arg::Keyword(given, _) if given == name));
    let by_place = args.iter().filter(|arg| matches!(arg, Arg::Positional(_))).count();
    let is_open = args.iter().any(|arg| matches!(arg, Arg::Star(_) | Arg::DoubleStar(_)));
    let first = |names: &[(Name, usize)], trips: &dyn Fn(&Name, usize) -> bool| {
        names.iter().find(|(name, index)| trips(name, *index)).map(|(name, _)| name.clone())
    };
    match difference {
        Difference::Renamed { names } => {
            names.iter().find(|(theirs, _)| by_name(theirs)).map(|(theirs, _)| theirs.clone())
        }
        Difference::ByPlaceAlone(names) => names.iter().find(|name| by_name(name)).cloned(),
        Difference::ByNameAlone(names) => first(names, &|_, index| index < by_place),
        Difference::DefaultLost(names) => {
            first(names, &|name, index| !is_open && index >= by_place && !by_name(name))
        }
        Difference::Walked => {
            let is_awaited = |expr: &Expr| matches!(expr, Expr::Await(value) if *value == call);
            body.exprs.list.iter().any(is_awaited).then(Name::default)
        }
        _ => None,
    }
}
