//! The functions of a module that handle requests.

use python::{FunctionId, Scope};
use view::Context;

/// The route handlers of the checked module, in source order. Dependencies and helpers are not handlers. Methods of a
/// view registered in a project-specific way (`add_org_resource`) are.
pub(super) fn handlers(cx: &Context<'_>) -> Vec<FunctionId> {
    let routes = model::query::routes(cx.db, cx.project);
    let registered = routes.list.iter().filter_map(|route| route.handler.function);
    let mut handlers: Vec<FunctionId> =
        registered.filter(|(module, _)| *module == cx.id).map(|(_, function)| function).collect();
    let definitions = &*cx.module.definitions;
    handlers.extend(definitions.functions().filter_map(|(id, function)| match function.scope {
        Scope::Class(class) if is_verb(&function.name) && is_view(cx, &definitions[class].name) => Some(id),
        _ => None,
    }));
    handlers.sort_unstable();
    handlers.dedup();
    handlers
}

/// Whether the class inherits from one whose methods handle requests.
fn is_view(cx: &Context<'_>, class: &str) -> bool {
    let ancestors = cx.architecture.hierarchy.of(cx.id, class);
    ancestors.is_some_and(|ancestors| libraries::views().any(|view| ancestors.descends_from(view)))
}

fn is_verb(name: &str) -> bool {
    matches!(name, "get" | "post" | "put" | "patch" | "delete" | "head" | "options")
}
