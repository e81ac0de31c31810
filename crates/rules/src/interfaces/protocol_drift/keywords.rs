//! Who passes a renamed parameter by name.

use python::{Arg, Body, Expr, ExprId, Name};

use super::Pair;
use super::compare::Difference;
use source::File;
use view::Place;

/// A call that names a parameter.
pub(super) struct Caller {
    pub(super) file: File,
    pub(super) place: Place,
    pub(super) theirs: Name,
    pub(super) ours: Name,
}

/// The first call through the port that passes a renamed parameter by its name.
pub(super) fn caller(pair: &Pair<'_>, method: &str, difference: &Difference) -> Option<Caller> {
    let Difference::Renamed { names } = difference else { return None };
    let cx = pair.cx;
    let askers = model::query::askers(cx.db, cx.project, pair.port.clone());
    for (module, asked) in askers.iter() {
        let usage = flow::query::usage(cx.db, cx.project, *module, asked.place);
        let used = usage.members.iter().filter(|used| used.name == method);
        for (function, site) in used.flat_map(|used| &used.places) {
            let file = cx.file_of(function.module);
            let Some(body) = flow::query::body(cx.db, file, site.body) else { continue };
            let Some((theirs, ours)) = names.iter().find(|(theirs, _)| passes(&body, site.expr, theirs))
            else {
                continue;
            };
            let place = Place::Expr { body: site.body, expr: site.expr };
            return Some(Caller { file, place, theirs: theirs.clone(), ours: ours.clone() });
        }
    }
    None
}

/// Whether the call that `expr` is, or that it is the callee of, passes `name` by name.
fn passes(body: &Body, expr: ExprId, name: &str) -> bool {
    let names = |args: &[Arg]| args.iter().any(|arg| matches!(arg, Arg::Keyword(given, _) if given == name));
    match &body[expr] {
        Expr::Call { args, .. } => names(args),
        _ => body
            .exprs
            .list
            .iter()
            .any(|other| matches!(other, Expr::Call { callee, args } if *callee == expr && names(args))),
    }
}
