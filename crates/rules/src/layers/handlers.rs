//! The functions of a module that answer requests.

use python::FunctionId;

use crate::Context;

/// The route handlers of the module judged, in source order. A dependency or a helper is none.
pub(super) fn handlers(cx: &Context<'_>) -> Vec<FunctionId> {
    let routes = model::query::routes(cx.db, cx.project);
    let own = routes.list.iter().filter_map(|route| route.handler.function);
    let mut handlers: Vec<FunctionId> =
        own.filter(|(module, _)| *module == cx.id).map(|(_, function)| function).collect();
    handlers.sort_unstable();
    handlers.dedup();
    handlers
}
