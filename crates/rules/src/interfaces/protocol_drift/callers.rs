//! Calls through the port that the implementation doesn't accept.

use flow::Usage;
use model::{Behind, ClassRef, IndirectSite, InjectionPlace, ModuleId, PathRole};
use python::{Arg, Body, Expr, ExprId, Name};
use source::File;
use view::{Context, Place};

use super::Pair;
use super::compare::Difference;

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
    let found = dependents.iter().find_map(|(module, asked)| {
        let usage = flow::query::usage(cx.db, cx.project, *module, asked.place);
        caller_in(cx, &usage, method, difference)
    });
    found.or_else(|| {
        holders_of_several(cx, pair.port).find_map(|(module, place)| {
            let usage = flow::query::usage_of_elements(cx.db, cx.project, module, place);
            caller_in(cx, &usage, method, difference)
        })
    })
}

/// The parameters that take several implementations of the port: `sources: list[Rates]`.
fn holders_of_several<'a>(
    cx: &'a Context<'_>,
    port: &'a ClassRef,
) -> impl Iterator<Item = (ModuleId, InjectionPlace)> + 'a {
    let importers = cx.architecture.graph.importers(port.module).iter().map(|edge| edge.to);
    let modules = std::iter::once(port.module).chain(importers);
    let code = modules.filter(|id| cx.architecture.modules[*id].role == PathRole::Code);
    code.flat_map(|module| {
        let sites = model::query::indirect_sites(cx.db, cx.project, cx.file_of(module));
        let is_it = |site: &&IndirectSite| site.behind == Behind::Several && site.class == *port;
        let places: Vec<InjectionPlace> = sites.iter().filter(is_it).map(|site| site.place).collect();
        places.into_iter().map(move |place| (module, place))
    })
}

/// The first of these uses that fails.
fn caller_in(cx: &Context<'_>, usage: &Usage, method: &str, difference: &Difference) -> Option<Caller> {
    let used = usage.members.iter().filter(|used| used.name == method);
    used.flat_map(|used| &used.places).find_map(|(function, site)| {
        let file = cx.file_of(function.module);
        let body = python::query::body(cx.db, file, site.body)?;
        let (call, args) = call(&body, site.expr)?;
        let trips_over = trips(&body, call, args, difference)?;
        let place = Place::Expr { body: site.body, expr: site.expr };
        Some(Caller { file, place, trips_over })
    })
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
