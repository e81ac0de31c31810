//! django-ninja: decorators of routers and of the API, and where a URL conf includes the API.

use python::{Expr, FunctionId, Literal, Name, Scope};

use super::Framework;
use super::access::{self, Access};
use super::names::{Key, Names, Place};
use super::pieces;
use super::tree::{At, Entry, Include, Kind, Node, Tree, method_of, methods};

/// `NinjaAPI(auth=django_auth)`, `Router(auth=...)`
pub(super) fn made(names: &Names<'_>, at: &At<'_>, node: &mut Node) {
    node.access = authentication(names, at);
}

/// `@router.get("/orders", response=list[OrderOut])`, `@router.api_operation(["GET", "POST"], "/orders")`
pub(super) fn decorated(tree: &mut Tree<'_>, at: &At<'_>, function: FunctionId) {
    let names = tree.names;
    let (methods, path) = match at.name {
        "api_operation" => {
            (at.get(0, "methods").map(|list| methods(names, list)).unwrap_or_default(), at.get(1, "path"))
        }
        name => match method_of(name) {
            Some(method) => (vec![method], at.get(0, "path")),
            None => return,
        },
    };
    let Some(path) = path else { return };
    let module = at.place.module;
    let definitions = names.definitions(module);
    let it = &definitions[function];
    let mut access = authentication(names, at);
    access.add(&access::of_decorators(names, module, it.scope, &it.decorators));
    let response = at.keyword("response").map(|place| answer(names, place));
    let entry = Entry {
        owner: Some(at.key.clone()),
        path: segment(&pieces::text(names, path)),
        methods,
        handler: tree.handler(module, function),
        framework: Framework::Ninja,
        response: response.and_then(|place| tree.response(place)),
        access,
    };
    tree.entries.push(entry);
}

/// `api.add_router("/orders", router)`, also by its dotted name.
pub(super) fn called(tree: &mut Tree<'_>, at: &At<'_>) {
    if at.name != "add_router" {
        return;
    }
    let (Some(prefix), Some(router)) = (at.get(0, "prefix"), at.get(1, "router")) else { return };
    let prefix = segment(&pieces::text(tree.names, prefix));
    let prefix = prefix.trim_end_matches('/');
    let access = authentication(tree.names, at);
    for (child, _) in routers(tree, router) {
        let (parent, prefix) = (at.key.clone(), prefix.to_owned());
        tree.includes.push(Include { parent, child, prefix, replaces: false, access: access.clone() });
    }
}

/// `path("api/", api.urls)`: the URL conf isn't a router, so a key that no router has stands for it.
pub(super) fn mounted(tree: &mut Tree<'_>, api: Place, prefix: &str, access: &Access) {
    for (child, kind) in tree.routers(api) {
        if kind == Kind::Ninja {
            let parent = Key::new(api.module, Scope::Module, Name::new_static("urlpatterns"));
            let prefix = prefix.to_owned();
            tree.includes.push(Include { parent, child, prefix, replaces: false, access: access.clone() });
        }
    }
}

/// The routers of an expression, which may be a text: `"shop.api.router"`.
fn routers(tree: &mut Tree<'_>, place: Place) -> Vec<(Key, Kind)> {
    if let Expr::Literal(Literal::Str(dotted)) = tree.names.expr(place)
        && let Some((module, name)) = dotted.rsplit_once('.')
        && let crate::Target::Module(module) = tree.names.resolver.resolve_dotted(place.module, module).target
    {
        let thing = tree.names.at_top_level(module, name, 0);
        return tree.routers_of(place, thing);
    }
    tree.routers(place)
}

/// The response for success: the first of `{200: OrderOut, 404: Problem}`.
fn answer(names: &Names<'_>, place: Place) -> Place {
    match names.expr(place) {
        Expr::Dict(entries) => entries.first().map_or(place, |(_, value)| place.at(*value)),
        _ => place,
    }
}

/// `auth=django_auth`; `auth=None` opens a route.
fn authentication(names: &Names<'_>, at: &At<'_>) -> Access {
    let given = at.keyword("auth");
    let is_open = given.is_some_and(|place| names.expr(place) == Expr::Literal(Literal::None));
    let authentication = given.filter(|_| !is_open).map(|place| names.written(place).into());
    Access { authentication, is_open, ..Access::default() }
}

/// Parts of a path are joined by a slash.
fn segment(path: &str) -> String {
    if path.is_empty() || path.starts_with('/') { path.to_owned() } else { format!("/{path}") }
}
