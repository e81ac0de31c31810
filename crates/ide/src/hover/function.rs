//! Hovers on function names and calls: how many queries a function runs, and why.

use std::fmt::Write as _;

use flow::FunctionRef;
use python::Expr;
use source::Span;
use view::Context;
use workspace::Snapshot;

use super::route;
use crate::{Words, place, queries};

/// A function with more queries shows only the first ones.
const MAX_REASONS: usize = 12;

/// The function whose name is at `offset`: at its definition, or where the enclosing function calls it.
pub(crate) fn at(snapshot: &Snapshot, cx: &Context<'_>, offset: u32) -> Option<(Span, FunctionRef)> {
    let spans = &cx.module.spans;
    let definition = cx.module.definitions.functions().find_map(|(id, _)| {
        let span = spans.function_name(id);
        (span.touches(offset) && !span.is_empty())
            .then_some((span, FunctionRef { module: cx.id, function: id }))
    });
    definition.or_else(|| called(snapshot, cx, offset))
}

/// The innermost function around a byte offset.
pub(crate) fn around(cx: &Context<'_>, offset: u32) -> Option<python::FunctionId> {
    let around = |(id, _): &(python::FunctionId, &python::Function)| {
        cx.module.spans.functions.get(id.0 as usize).is_some_and(|span| span.touches(offset))
    };
    // The innermost is the last of those that start before.
    cx.module.definitions.functions().filter(around).last().map(|(id, _)| id)
}

fn called(snapshot: &Snapshot, cx: &Context<'_>, offset: u32) -> Option<(Span, FunctionRef)> {
    let id = around(cx, offset)?;
    let analysis = flow::query::analysis(snapshot.db(), cx.project, cx.id, id);
    analysis.calls.iter().find_map(|(site, callee)| {
        let body = cx.module.bodies.list.get(site.body.0 as usize)?;
        let Expr::Call { callee: named, .. } = body.exprs.list.get(site.expr.0 as usize)? else {
            return None;
        };
        let span = cx.module.spans.expr(site.body, *named);
        let length = match &body[*named] {
            Expr::Name(name) | Expr::Attribute { name, .. } => name.len() as u32,
            _ => return None,
        };
        let name = Span::new(span.end.saturating_sub(length).max(span.start), span.end);
        name.touches(offset).then_some((name, *callee))
    })
}

/// The text; `None` if it runs no query and handles no route.
pub(super) fn words(snapshot: &Snapshot, cx: &Context<'_>, function: FunctionRef) -> Option<Words> {
    let db = snapshot.db();
    let name = queries::qualified(snapshot, &cx.architecture.modules, function);
    let cost = flow::cost::of_function(db, cx.project, function);
    let routes = queries::routes_of(snapshot, cx.project, function);
    if cost.is_zero() && routes.is_empty() {
        return None;
    }
    let mut words = Words::default();
    words.place(&format!("`{name}`"), place::of_function(snapshot, cx.project, function));
    let _ = write!(words, " · {} per call", queries::words(&cost));
    for route in &routes {
        route::words(snapshot, cx, route, &cost, &mut words);
    }
    reasons(snapshot, cx, function, &mut words);
    let mut dependencies: Vec<FunctionRef> = Vec::new();
    for (module, function) in routes.iter().flat_map(|route| &route.dependencies) {
        let dependency = FunctionRef { module: *module, function: *function };
        if !dependencies.contains(&dependency) {
            dependencies.push(dependency);
        }
    }
    for dependency in dependencies {
        let cost = flow::cost::of_function(db, cx.project, dependency);
        if cost.is_zero() {
            continue;
        }
        let name = queries::qualified(snapshot, &cx.architecture.modules, dependency);
        words.push("\n\nBefore it, ");
        words.place(&format!("`{name}`"), place::of_function(snapshot, cx.project, dependency));
        let _ = write!(words, " · {}", queries::words(&cost));
        reasons(snapshot, cx, dependency, &mut words);
    }
    let rendering = flow::cost::of_response(db, cx.project, function.into());
    if !routes.is_empty() && !rendering.is_zero() {
        let _ = write!(words, "\n\nRendering the response · {}", queries::words(&rendering));
    }
    words.trim_end();
    Some(words)
}

/// Each query on one line.
fn reasons(snapshot: &Snapshot, cx: &Context<'_>, function: FunctionRef, words: &mut Words) {
    let reasons = queries::reasons(snapshot, cx.project, function, None);
    let left_out = reasons.len().saturating_sub(MAX_REASONS);
    words.push("\n");
    for reason in reasons.iter().take(MAX_REASONS) {
        words.push("\n- ");
        queries::explain(snapshot, cx.project, reason, words);
    }
    if left_out > 0 {
        let _ = write!(words, "\n- and {left_out} more");
    }
}

#[cfg(test)]
mod tests;
