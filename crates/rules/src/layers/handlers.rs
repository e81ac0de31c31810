//! The functions of a module that answer requests: decorated routes, and the methods of class-based views.

use model::{Amount, Mark};
use python::{Arg, Definitions, Expr, ExprId, FunctionId, Literal, Scope};

use crate::Context;

/// The route handlers of the module judged, in source order.
pub(super) fn handlers(cx: &Context<'_>) -> Vec<FunctionId> {
    let signals = model::query::signals(cx.db, cx.file);
    let definitions = &*cx.module.definitions;
    let decorated = signals.routes > Amount::None || signals.marks.has(Mark::Router);
    let is_handler = |id: FunctionId| {
        let function = &definitions[id];
        match function.scope {
            Scope::Class(class) if is_verb(&function.name) => is_view(cx, &definitions[class].name),
            _ => false,
        }
    };
    definitions
        .functions()
        .filter(|(id, function)| {
            is_handler(*id)
                || (decorated
                    && function.decorators.iter().any(|decorator| is_route(definitions, *decorator)))
        })
        .map(|(id, _)| id)
        .collect()
}

/// `@router.get("/orders")`, `@bp.route("/orders")`, `@get("/orders")` of Litestar
fn is_route(definitions: &Definitions, decorator: ExprId) -> bool {
    let Expr::Call { callee, args } = &definitions[decorator] else { return false };
    let name = match &definitions[*callee] {
        Expr::Attribute { name, .. } | Expr::Name(name) => name.as_str(),
        _ => return false,
    };
    let has_path = args.iter().any(|arg| match arg {
        Arg::Positional(value) => is_path(definitions, *value),
        Arg::Keyword(name, value) => matches!(name.as_str(), "path" | "rule") && is_path(definitions, *value),
        _ => false,
    });
    (is_verb(name) || matches!(name, "route" | "api_route" | "websocket")) && has_path
}

fn is_path(definitions: &Definitions, value: ExprId) -> bool {
    match &definitions[value] {
        Expr::Literal(Literal::Str(text)) => text.is_empty() || text.starts_with('/'),
        Expr::FString(_) => true,
        _ => false,
    }
}

/// Whether the class descends from one whose methods answer requests.
fn is_view(cx: &Context<'_>, class: &str) -> bool {
    const VIEWS: [&str; 11] = [
        "flask.views.MethodView",
        "flask_restful.Resource",
        "flask_restx.Resource",
        "flask_restplus.Resource",
        "quart.views.MethodView",
        "starlette.endpoints.HTTPEndpoint",
        "aiohttp.web.View",
        "tornado.web.RequestHandler",
        "sanic.views.HTTPMethodView",
        "falcon.Resource",
        "rest_framework.views.APIView",
    ];
    cx.architecture
        .heritage
        .of(cx.id, class)
        .is_some_and(|ancestry| VIEWS.iter().any(|view| ancestry.descends_from(view)))
}

fn is_verb(name: &str) -> bool {
    matches!(name, "get" | "post" | "put" | "patch" | "delete" | "head" | "options")
}
