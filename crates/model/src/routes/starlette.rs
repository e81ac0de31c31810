//! Starlette: lists of `Route` and `Mount`, and classes whose methods are named after HTTP methods.

use python::{ClassId, Expr, Name};

use super::Framework;
use super::access::{Access, elements};
use super::classes;
use super::names::{Key, Place, Thing};
use super::pieces::{self, join};
use super::tree::{At, Entry, Include, Tree, given, methods};
use crate::ModuleId;

/// Hand-written mounts are not nested deeper than this.
const MAX_DEPTH: usize = 8;

/// `Starlette(routes=[...])`, `Router(routes=[...])`
pub(super) fn made(tree: &mut Tree<'_>, at: &At<'_>) {
    if let Some(list) = at.keyword("routes") {
        read(tree, &at.key, list, "", 0);
    }
}

fn read(tree: &mut Tree<'_>, owner: &Key, list: Place, prefix: &str, depth: usize) {
    if depth == MAX_DEPTH {
        return;
    }
    for place in elements(tree.names, list) {
        let Expr::Call { callee, args } = tree.names.expr(place) else { continue };
        let Thing::Foreign(full) = tree.names.follow(place.at(callee)) else { continue };
        let at = At {
            place,
            key: owner.clone(),
            name: full.rsplit('.').next().unwrap_or_default(),
            given: given(place, &args),
        };
        let Some(path) = at.get(0, "path") else { continue };
        let path = join(prefix, &pieces::text(tree.names, path));
        match at.name {
            "Route" | "APIRoute" => route(tree, &at, &path),
            "WebSocketRoute" | "APIWebSocketRoute" => {
                if let Some(Thing::Function(module, function)) =
                    at.get(1, "endpoint").map(|endpoint| tree.names.follow(endpoint))
                {
                    push(tree, owner, &path, vec![Name::new_static("WEBSOCKET")], module, function);
                }
            }
            "Mount" => {
                if let Some(list) = at.keyword("routes") {
                    read(tree, owner, list, &path, depth + 1);
                } else if let Some(app) = at.get(1, "app") {
                    for (child, _) in tree.routers(app) {
                        let parent = owner.clone();
                        let prefix = path.clone();
                        let access = Access::default();
                        tree.includes.push(Include { parent, child, prefix, replaces: false, access });
                    }
                }
            }
            _ => {}
        }
    }
}

fn route(tree: &mut Tree<'_>, at: &At<'_>, path: &str) {
    let Some(handler) = at.get(1, "endpoint") else { return };
    match tree.names.follow(handler) {
        Thing::Function(module, function) => {
            let methods = at.keyword("methods").map(|list| methods(tree.names, list)).unwrap_or_default();
            let methods = if methods.is_empty() { vec![Name::new_static("GET")] } else { methods };
            push(tree, &at.key, path, methods, module, function);
        }
        Thing::Class(module, class) => endpoint(tree, &at.key, path, module, class),
        _ => {}
    }
}

fn push(
    tree: &mut Tree<'_>,
    owner: &Key,
    path: &str,
    methods: Vec<Name>,
    module: ModuleId,
    function: python::FunctionId,
) {
    let definitions = tree.names.definitions(module);
    let it = &definitions[function];
    let access = super::access::of_decorators(tree.names, module, it.scope, &it.decorators);
    let handler = tree.handler(module, function);
    tree.entries.push(Entry {
        owner: Some(owner.clone()),
        path: path.to_owned(),
        methods,
        handler,
        framework: Framework::Starlette,
        response: None,
        access,
    });
}

/// An `HTTPEndpoint`: a class whose methods are named after HTTP methods.
pub(super) fn endpoint(tree: &mut Tree<'_>, owner: &Key, path: &str, module: ModuleId, class: ClassId) {
    for (method, defined_in, function) in classes::methods(tree.names, module, class) {
        let handler = classes::handler(tree.names, (module, class), (defined_in, function));
        tree.entries.push(Entry {
            owner: Some(owner.clone()),
            path: path.to_owned(),
            methods: vec![method],
            handler,
            framework: Framework::Starlette,
            response: None,
            access: Access::default(),
        });
    }
}
