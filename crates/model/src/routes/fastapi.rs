//! FastAPI: decorators of routers and applications, and the routers that they include.

use python::{FunctionId, Name};

use super::Framework;
use super::access::{self, Access};
use super::names::{Arena, Names, Place, Thing};
use super::pieces;
use super::tree::{At, Entry, Include, Kind, Node, Tree, method_of, methods};

/// `APIRouter(prefix=..., dependencies=[...])`, `FastAPI(dependencies=[...])`
pub(super) fn made(names: &Names<'_>, at: &At<'_>, node: &mut Node) {
    if let Some(prefix) = at.keyword("prefix") {
        node.prefix = pieces::text(names, prefix);
    }
    if let Some(list) = at.keyword("dependencies") {
        node.access = access::of_list(names, list);
    }
}

/// `@router.get("/orders", response_model=list[OrderOut])`
pub(super) fn decorated(tree: &mut Tree<'_>, at: &At<'_>, function: FunctionId) {
    add(tree, at, 0, at.place.module, function);
}

/// A route of `function`, whose path is the positional argument at `path`.
fn add(tree: &mut Tree<'_>, at: &At<'_>, path: usize, module: crate::ModuleId, function: FunctionId) {
    let names = tree.names;
    let Some(methods) = methods_of(names, at) else { return };
    let Some(path) = at.get(path, "path") else { return };
    let path = pieces::text(names, path);
    let framework = match tree.nodes.get(&at.key).map(|node| node.kind) {
        Some(Kind::Starlette) => Framework::Starlette,
        _ => Framework::FastApi,
    };
    let mut access = access::of_parameters(names, module, function);
    if let Some(list) = at.keyword("dependencies") {
        access.add(&access::of_list(names, list));
    }
    let definitions = names.definitions(module);
    let it = &definitions[function];
    access.add(&Access {
        authentication: access::of_decorators(names, module, it.scope, &it.decorators).authentication,
        ..Access::default()
    });
    let response = match at.keyword("response_model") {
        Some(model) => tree.response(model),
        None => it.returns.and_then(|returns| {
            tree.response(Place { module, scope: it.scope, arena: Arena::Definitions, id: returns })
        }),
    };
    let handler = tree.handler(module, function);
    let owner = Some(at.key.clone());
    tree.entries.push(Entry { owner, path, methods, handler, framework, response, access });
}

fn methods_of(names: &Names<'_>, at: &At<'_>) -> Option<Vec<Name>> {
    match at.name {
        "api_route" | "route" | "add_api_route" | "add_route" => {
            let list = at.keyword("methods").map(|list| methods(names, list)).unwrap_or_default();
            Some(if list.is_empty() { vec![Name::new_static("GET")] } else { list })
        }
        "websocket" | "websocket_route" | "add_websocket_route" | "add_api_websocket_route" => {
            Some(vec![Name::new_static("WEBSOCKET")])
        }
        name => Some(vec![method_of(name)?]),
    }
}

/// `include_router(...)`, `mount(...)`, `add_api_route(...)`
pub(super) fn called(tree: &mut Tree<'_>, at: &At<'_>) {
    match at.name {
        "include_router" => {
            let Some(router) = at.get(0, "router") else { return };
            let prefix = at.get(usize::MAX, "prefix").map(|place| pieces::text(tree.names, place));
            let access =
                at.keyword("dependencies").map(|list| access::of_list(tree.names, list)).unwrap_or_default();
            include(tree, at, router, &prefix.unwrap_or_default(), &access);
        }
        "mount" => {
            let (Some(path), Some(app)) = (at.get(0, "path"), at.get(1, "app")) else { return };
            let prefix = pieces::text(tree.names, path);
            include(tree, at, app, &prefix, &Access::default());
        }
        _ => {
            let Some(endpoint) = at.get(1, "endpoint").or_else(|| at.keyword("route")) else { return };
            match tree.names.follow(endpoint) {
                Thing::Function(module, function) => add(tree, at, 0, module, function),
                Thing::Class(module, class) => {
                    let Some(path) = at.get(0, "path") else { return };
                    let path = pieces::text(tree.names, path);
                    super::starlette::endpoint(tree, &at.key, &path, module, class);
                }
                _ => {}
            }
        }
    }
}

/// Includes one router in another. The included value is a router, even if its creation can't be found.
pub(super) fn include(tree: &mut Tree<'_>, at: &At<'_>, router: Place, prefix: &str, access: &Access) {
    if at.name == "include_router" && tree.routers(router).is_empty() {
        tree.assume(router, Kind::FastApi);
    }
    for (child, _) in tree.routers(router) {
        let parent = at.key.clone();
        let prefix = prefix.to_owned();
        tree.includes.push(Include { parent, child, prefix, replaces: false, access: access.clone() });
    }
}
