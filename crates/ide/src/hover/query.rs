//! Hovers of queries: what one reads, and how often it runs: for a call of its function, and for requests to the routes
//! that reach it.

use std::fmt::Write as _;

use flow::{EffectKind, FunctionRef, ModelRef, Site};
use python::Expr;
use source::Span;
use view::Context;
use workspace::Snapshot;

use crate::{Words, calls, place, queries};

/// Limit on the routes shown.
const MAX_ROUTES: usize = 8;

/// The query whose last name is at `offset`: `scalars` in `session.scalars(...)`. Its function, and the index of its
/// effect.
pub(crate) fn at(snapshot: &Snapshot, cx: &Context<'_>, offset: u32) -> Option<(Span, FunctionRef, usize)> {
    let function = super::function::around(cx, offset)?;
    let analysis = flow::query::analysis(snapshot.db(), cx.project, cx.id, function);
    let effects = analysis.summary.effects.iter().zip(&analysis.hops).enumerate();
    effects.filter(|(_, (_, (_, below)))| below.is_none()).find_map(|(index, (effect, (site, _)))| {
        let span = name_of(cx, *site).filter(|span| span.touches(offset))?;
        let is_query = matches!(effect.kind, EffectKind::Query { .. });
        is_query.then_some((span, FunctionRef { module: cx.id, function }, index))
    })
}

/// The bytes of the name by which an expression runs a query: the callee, or the attribute that is read.
fn name_of(cx: &Context<'_>, site: Site) -> Option<Span> {
    let body = cx.module.bodies.list.get(site.body.0 as usize)?;
    let named = match body.exprs.list.get(site.expr.0 as usize)? {
        Expr::Call { callee, .. } => *callee,
        _ => site.expr,
    };
    let (Expr::Name(name) | Expr::Attribute { name, .. }) = &body[named] else { return None };
    let span = cx.module.spans.expr(site.body, named);
    let start = span.end.saturating_sub(name.len() as u32).max(span.start);
    (!span.is_empty()).then(|| Span::new(start, span.end))
}

/// The text.
pub(super) fn words(
    snapshot: &Snapshot,
    cx: &Context<'_>,
    function: FunctionRef,
    index: usize,
) -> Option<Words> {
    let db = snapshot.db();
    let analysis = flow::query::analysis(db, cx.project, function.module, function.function);
    let effect = analysis.summary.effects.get(index)?;
    let EffectKind::Query { what, model } = &effect.kind else { return None };
    let mut words = Words::from(match what.strip_prefix("a query") {
        Some(_) => "**Query**".to_owned(),
        None => format!("**`{what}`**"),
    });
    if let ModelRef::Known(class) = model {
        words.push(" · ");
        words.place(&format!("`{}`", class.name), place::of_class(snapshot, cx.project, class));
    }
    let cost = flow::cost::of_effect(effect);
    let name = queries::qualified(snapshot, &cx.architecture.modules, function);
    let _ = write!(words, " · {} per call of `{name}`", queries::words(&cost));
    if effect.is_conditional {
        words.push(" (sometimes)");
    }
    let routes = calls::routes_that_run(snapshot, cx.project, function, index);
    if !routes.is_empty() {
        words.push("\n\nRun by requests to\n");
    }
    for (route, cost) in routes.iter().take(MAX_ROUTES) {
        words.push("\n- ");
        let place = route.handler.function.and_then(|(module, function)| {
            place::of_function(snapshot, cx.project, FunctionRef { module, function })
        });
        words.place(&format!("`{}`", route.title()), place);
        let _ = write!(words, ": {}", queries::words(cost));
    }
    if routes.len() > MAX_ROUTES {
        let _ = write!(words, "\n- and {} more", routes.len() - MAX_ROUTES);
    }
    Some(words)
}

#[cfg(test)]
mod tests;
