//! Code lenses with the number of queries of a function: each route with its cost, and the queries per call of services
//! and repositories. Also the implementations and consumers of an interface.

mod ports;

use flow::FunctionRef;
use model::Layer;
use python::{Function, Scope};
use source::{File, Span};
use view::Context;
use workspace::Snapshot;

use crate::{Place, queries};

/// A handler with more routes shows only the first ones.
const MAX_ROUTES: usize = 4;

/// Text above a definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeLens {
    /// The name of the function or class that it is about.
    pub span: Span,
    /// The text: `GET /orders · 2 + N(orders) queries`, `implemented by 2, used by 5`.
    pub title: String,
    /// The places that it opens: those counted in the text; for a cost, the loops and calls on the path to each query.
    /// Empty if there is nothing to open.
    pub places: Vec<Place>,
}

/// The lenses of a file, in source order.
pub fn code_lenses(snapshot: &Snapshot, file: File) -> Vec<CodeLens> {
    let Some(cx) = crate::context(snapshot, file) else { return Vec::new() };
    let mut lenses = Vec::new();
    for (id, function) in cx.module.definitions.functions() {
        let reference = FunctionRef { module: cx.id, function: id };
        let span = cx.module.spans.function_name(id);
        let routes = queries::routes_of(snapshot, cx.project, reference);
        for route in routes.iter().take(MAX_ROUTES) {
            let cost = flow::cost::of_route(snapshot.db(), cx.project, route);
            let title = format!("{} · {}", route.title(), queries::words(&cost));
            let mut reasons = queries::reasons(snapshot, cx.project, reference, None);
            for (module, function) in &route.dependencies {
                let dependency = FunctionRef { module: *module, function: *function };
                reasons.extend(queries::reasons(snapshot, cx.project, dependency, None));
            }
            lenses.push(CodeLens { span, title, places: queries::path(&reasons) });
        }
        if routes.is_empty() && serves_data(&cx, function) {
            let cost = flow::cost::of_function(snapshot.db(), cx.project, reference);
            if !cost.is_zero() {
                let reasons = queries::reasons(snapshot, cx.project, reference, None);
                let places = queries::path(&reasons);
                lenses.push(CodeLens { span, title: queries::words(&cost), places });
            }
        }
    }
    ports::lenses(snapshot, &cx, &mut lenses);
    lenses.sort_by_key(|lens| lens.span.start);
    lenses
}

/// Whether handlers call a function for data: one of a service or a repository.
fn serves_data(cx: &Context<'_>, function: &Function) -> bool {
    const ENDINGS: [&str; 7] = ["Repository", "Repo", "Service", "UseCase", "Dao", "DAO", "Handler"];
    let by_layer = cx
        .architecture
        .layers
        .verdict(cx.id)
        .is_some_and(|verdict| matches!(verdict.layer, Layer::Application | Layer::Infrastructure));
    match function.scope {
        Scope::Module => by_layer,
        Scope::Class(class) => {
            let name = &cx.module.definitions[class].name;
            by_layer || ENDINGS.iter().any(|ending| name.ends_with(ending))
        }
        Scope::Function(_) => false,
    }
}

#[cfg(test)]
mod tests;
