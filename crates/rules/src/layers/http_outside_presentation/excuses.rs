//! Modules that rightly use HTTP, whatever layer they are in, and modules that contain business code without belonging
//! to a layer.

use config::Layer;
use libraries::{HttpName, http_name};
use model::{Amount, Technology};
use python::{Expr, ExprArena, ExprId, Scope};
use view::frameworks::{Kind, is_of, kind_of};
use view::{Context, ImportView};

use crate::layers::{target, words};

/// Modules that belong to the presentation wherever they are: they turn errors into responses, sit between the
/// framework and the routes, or guard them.
pub(super) fn speaks_for_presentation(cx: &Context<'_>, layer: Layer) -> bool {
    const PARTS: [&str; 19] = [
        "middleware",
        "middlewares",
        "dependencies",
        "dependency",
        "deps",
        "depends",
        "exception_handlers",
        "exception_handler",
        "error_handlers",
        "error_handler",
        "errorhandlers",
        "routers",
        "routes",
        "views",
        "controllers",
        "endpoints",
        "web",
        "http",
        "rest",
    ];
    const OUTER_PARTS: [&str; 13] = [
        "fastapi",
        "starlette",
        "flask",
        "django",
        "litestar",
        "asgi",
        "wsgi",
        "api",
        "server",
        "handler",
        "handlers",
        "webhook",
        "webhooks",
    ];
    let name = cx.own_name();
    let outer = layer == Layer::Infrastructure;
    // A folder that names the infrastructure says more than one further out: `handler/clients`.
    let is_inner =
        |segment: &str| words::is_infrastructure_folder(segment) || matches!(segment, "clients" | "client");
    let (folder, _) = name.rsplit_once('.').unwrap_or_default();
    let below = words::segments(folder).collect::<Vec<_>>();
    let start = below.iter().rposition(|segment| is_inner(segment)).map_or(0, |at| at + 1);
    words::holds_errors(name)
        || words::segments(name).any(|segment| PARTS.contains(&segment))
        || (outer && words::segments(name).skip(start).any(|segment| OUTER_PARTS.contains(&segment)))
        || (outer && words::guards(name))
        || hooks_into_framework(cx)
        || (outer && extends_framework(cx))
}

/// Whether a module that belongs to no layer by its place accesses data for routes that import it, and handles no
/// request itself: whatever its name, it contains business code.
pub(super) fn is_business(cx: &Context<'_>) -> bool {
    let has_place = [Technology::Http, Technology::Outside]
        .iter()
        .any(|technology| target::at_heart(cx, cx.id, *technology).is_some());
    let importers = cx.architecture.graph.importers(cx.id);
    !has_place
        && !cx.info().is_package
        && matches!(
            cx.own_layer(),
            None | Some(Layer::Application | Layer::Infrastructure | Layer::Presentation)
        )
        && model::query::signals(cx.db, cx.file).data_access > Amount::None
        && !target::handles_requests(cx, cx.id)
        && !words::guards(cx.own_name())
        && importers.iter().any(|edge| target::handles_requests(cx, edge.to))
}

/// Whether an import is a marker that only functions of the module use, to provide what the module defines. In the
/// signature of a class, the same marker ties the class to the framework.
pub(super) fn is_beside_what_it_provides(cx: &Context<'_>, item: &ImportView<'_>) -> bool {
    let (Some(bound), Some("Depends" | "Provide" | "Security")) =
        (item.import.bound_name(), item.import.name.as_deref())
    else {
        return false;
    };
    let definitions = &cx.module.definitions;
    let methods = definitions.functions.iter().filter(|function| matches!(function.scope, Scope::Class(_)));
    let in_methods = methods.flat_map(|method| &method.parameters).flat_map(|p| [p.default, p.annotation]);
    let in_classes =
        definitions.variables.iter().filter(|variable| matches!(variable.scope, Scope::Class(_)));
    let in_classes = in_classes.flat_map(|variable| [variable.value, variable.annotation]);
    !in_methods.chain(in_classes).flatten().any(|expr| mentions(&definitions.exprs, expr, bound))
}

/// Whether a name occurs in an expression.
fn mentions(exprs: &ExprArena, expr: ExprId, name: &str) -> bool {
    // Children come before parents, so the walk terminates.
    let mut open = vec![expr];
    while let Some(id) = open.pop() {
        if matches!(&exprs[id], Expr::Name(found) if found == name) {
            return true;
        }
        exprs[id].for_each_child(|child| open.push(child));
    }
    false
}

/// Whether a class of the module extends a web framework (such as an authentication backend), and no class is a table
/// row.
fn extends_framework(cx: &Context<'_>) -> bool {
    const EXTENSIONS: [&str; 4] =
        ["allauth", "social_core", "mozilla_django_oidc", "django.contrib.auth.backends"];
    let classes = &cx.module.definitions.classes;
    let ancestries = || {
        classes
            .iter()
            .filter_map(|class| cx.architecture.hierarchy.by_class.get(&(cx.id, class.name.clone())))
    };
    let foreign = || ancestries().flat_map(|ancestors| &ancestors.foreign);
    let is_of_kind = |name: &str, kind| kind_of(name).is_some_and(|(_, found)| found == kind);
    let extends = |name: &str| {
        let is_web = is_of_kind(name, Kind::Web) || EXTENSIONS.iter().any(|library| is_of(name, library));
        is_web && http_name(name) != Some(HttpName::Error)
    };
    foreign().any(|name| extends(name)) && !foreign().any(|name| is_of_kind(name, Kind::Orm))
}

/// Whether the module registers itself with a web application: error handlers, request hooks.
fn hooks_into_framework(cx: &Context<'_>) -> bool {
    const HOOKS: [&str; 18] = [
        "before_request",
        "after_request",
        "teardown_request",
        "before_app_request",
        "after_app_request",
        "add_middleware",
        "middleware",
        "exception_handler",
        "add_exception_handler",
        "errorhandler",
        "app_errorhandler",
        "register_error_handler",
        "route",
        "add_url_rule",
        "register_blueprint",
        "include_router",
        "add_api_route",
        "add_route",
    ];
    let is_hook =
        |expr: &Expr| matches!(expr, Expr::Attribute { name, .. } if HOOKS.contains(&name.as_str()));
    let in_bodies = || cx.module.bodies.list.iter().flat_map(|body| &body.exprs.list);
    cx.module.definitions.exprs.list.iter().chain(in_bodies()).any(is_hook)
}

/// Whether the module is a client of other servers: it compares the status codes of their responses.
pub(super) fn talks_to_servers(cx: &Context<'_>) -> bool {
    target::imports_kind(cx, cx.id, Kind::Client) || target::imports_kind(cx, cx.id, Kind::Cloud)
}
