//! Code that depends on its module's own place: paths from `__file__`, the package of `__package__`, resources of
//! `__name__`.

use python::{Arg, Expr};
use source::Span;
use view::Context;

use super::Refusal;
use super::allowed::names;
use crate::lines::Lines;

/// Names that reveal the package of a module (data model, "Import-related attributes on module objects").
const OF_ITS_PACKAGE: [&str; 3] = ["__package__", "__path__", "__spec__"];

/// Why a module can't move to another folder; `None` if it can. `depth` is the number of folders and files between the
/// moved item and it: a path that stays below keeps its meaning.
pub(super) fn refusal(cx: &Context<'_>, depth: usize) -> Option<Refusal> {
    let of_module = |name: &str| ["__file__", "__name__"].contains(&name) || OF_ITS_PACKAGE.contains(&name);
    let found = names(cx).filter(|(name, _)| of_module(name)).find(|(name, at)| match *name {
        "__file__" => depth == 0 || climbs(cx, *at) > depth,
        "__name__" => depth == 0 && !is_mere_name(cx, *at),
        _ => depth == 0,
    })?;
    let what =
        if found.0 == "__file__" { "and paths from there lead elsewhere" } else { "which differs there" };
    Some(Refusal::new(format!("{} reads `{}`, {what}", cx.info().path, found.0)))
}

/// How many folders a line goes up from a path: `Path(__file__).parent.parent`, `dirname(dirname(__file__))`,
/// `parents[1]`.
fn climbs(cx: &Context<'_>, at: Span) -> usize {
    let line = Lines { text: cx.text.as_str() }.line(at.start);
    let parents = line.matches("parents[").count();
    let index =
        line.split("parents[").nth(1).and_then(|rest| rest.split(']').next()?.trim().parse::<usize>().ok());
    let single = line.matches(".parent").count() - parents.min(line.matches(".parent").count());
    let dots = line.matches("\"..\"").count() + line.matches("'..'").count() + line.matches("pardir").count();
    single + line.matches("dirname(").count() + index.map_or(parents, |index| index + 1) + dots
}

/// Whether `__name__` is used as a mere name: of a logger, or in a comparison.
fn is_mere_name(cx: &Context<'_>, at: Span) -> bool {
    let is_it = |id: python::ExprId, spans: &[Span]| spans.get(id.0 as usize) == Some(&at);
    cx.module.bodies.list.iter().zip(&cx.module.spans.bodies).any(|(body, spans)| {
        body.exprs.list.iter().any(|expr| match expr {
            Expr::Compare { first, rest } => {
                is_it(*first, &spans.exprs) || rest.iter().any(|(_, id)| is_it(*id, &spans.exprs))
            }
            Expr::Call { callee, args } => {
                let callee = body.exprs.dotted(*callee).unwrap_or_default();
                let last = callee.rsplit('.').next().unwrap_or_default().to_lowercase();
                let names_logger = last.contains("log") || last == "tracer" || last == "get_tracer";
                names_logger
                    && args.iter().any(|arg| matches!(arg, Arg::Positional(id) if is_it(*id, &spans.exprs)))
            }
            _ => false,
        })
    })
}
