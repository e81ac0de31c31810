//! Litestar: standalone decorators, controllers, and the routers that list them.

use std::collections::{BTreeMap, BTreeSet};

use python::{ClassId, Expr, FunctionId, Name, Scope};

use super::Framework;
use super::access::{self, Access, elements};
use super::names::{Arena, Key, Names, Place, Thing};
use super::pieces;
use super::tree::{At, Entry, Include, Kind, Node, Tree, given, method_of, methods};
use crate::ModuleId;

/// The routers that list a function or class.
type Listed = BTreeMap<(ModuleId, u8, u32), Vec<Key>>;

/// `Router(path="/orders", guards=[...])`, `Router("/orders", ...)`
pub(super) fn made(names: &Names<'_>, at: &At<'_>, node: &mut Node) {
    // The first argument of an application is the list of its handlers.
    let first =
        || at.get(0, "path").map(|path| pieces::text(names, path)).filter(|path| path.starts_with('/'));
    if let Some(path) = at.keyword("path").map(|path| pieces::text(names, path)).or_else(first) {
        node.prefix = segment(&path);
    }
    node.access = guards(names, at);
}

/// `app.register(handler)`: read together with the lists.
pub(super) fn called(tree: &mut Tree<'_>, at: &At<'_>) {
    if at.name == "register"
        && let Some(handler) = at.get(0, "value")
    {
        for (child, _) in tree.routers(handler) {
            let parent = at.key.clone();
            let prefix = String::new();
            tree.includes.push(Include { parent, child, prefix, replaces: false, access: Access::default() });
        }
    }
}

fn guards(names: &Names<'_>, at: &At<'_>) -> Access {
    let Some(list) = at.keyword("guards") else { return Access::default() };
    let written: Vec<String> = elements(names, list).into_iter().map(|place| names.written(place)).collect();
    let authentication = (!written.is_empty()).then(|| written.join(", ").into());
    Access { authentication, ..Access::default() }
}

/// A path as a segment: Litestar joins segments with a single slash and drops the trailing one.
fn segment(path: &str) -> String {
    let path = path.trim_matches('/');
    if path.is_empty() { String::new() } else { format!("/{path}") }
}

/// The next router whose list hasn't been read.
fn unread(tree: &Tree<'_>, seen: &BTreeSet<Key>) -> Option<(Key, Place)> {
    let routers = tree.nodes.iter().filter(|(_, node)| node.kind == Kind::Litestar);
    routers.filter_map(|(key, node)| Some((key.clone(), node.made?))).find(|(key, _)| !seen.contains(key))
}

/// Reads the lists of routers, then the handlers with the routers that list them.
pub(super) fn collect(tree: &mut Tree<'_>, modules: &[ModuleId]) {
    let mut listed = Listed::new();
    let mut seen: BTreeSet<Key> = BTreeSet::new();
    // A router that is made inside the list of another one becomes known with that list.
    while let Some((key, made)) = unread(tree, &seen) {
        seen.insert(key.clone());
        let Expr::Call { args, .. } = tree.names.expr(made) else { continue };
        let at = At { place: made, key: key.clone(), name: "", given: given(made, &args) };
        let first = || at.get(0, "route_handlers").filter(|list| !elements(tree.names, *list).is_empty());
        let Some(list) = at.keyword("route_handlers").or_else(first) else { continue };
        for place in elements(tree.names, list) {
            match tree.names.follow(place) {
                Thing::Function(module, FunctionId(id)) => {
                    listed.entry((module, 0, id)).or_default().push(key.clone());
                }
                Thing::Class(module, ClassId(id)) => {
                    listed.entry((module, 1, id)).or_default().push(key.clone());
                }
                _ => {
                    for (child, _) in tree.routers(place) {
                        let (parent, prefix) = (key.clone(), String::new());
                        let access = Access::default();
                        tree.includes.push(Include { parent, child, prefix, replaces: false, access });
                    }
                }
            }
        }
    }
    for module in modules {
        let facts = tree.names.facts(*module);
        for function in &facts.functions {
            handlers(tree, &listed, *module, *function);
        }
    }
}

/// The routes that the decorators of one function declare.
fn handlers(tree: &mut Tree<'_>, listed: &Listed, module: ModuleId, function: FunctionId) {
    let names = tree.names;
    let definitions = names.definitions(module);
    let it = &definitions[function];
    for decorator in &it.decorators {
        let place = Place { module, scope: it.scope, arena: Arena::Definitions, id: *decorator };
        let Expr::Call { callee, args } = names.expr(place) else { continue };
        let Thing::Foreign(full) = names.follow(place.at(callee)) else { continue };
        let (first, last) = (full.split('.').next().unwrap_or_default(), full.rsplit('.').next());
        if !matches!(first, "litestar" | "starlite") {
            continue;
        }
        let name = last.unwrap_or_default();
        let key = Key::new(module, it.scope, it.name.clone());
        let at = At { place, key, name, given: given(place, &args) };
        let methods = match name {
            "route" => at.keyword("http_method").map(|list| methods_of(names, list)).unwrap_or_default(),
            "websocket" | "websocket_listener" => vec![Name::new_static("WEBSOCKET")],
            name => match method_of(name) {
                Some(method) => vec![method],
                None => continue,
            },
        };
        let mut access = guards(names, &at);
        let (prefix, owners) = match it.scope {
            Scope::Class(class) => {
                access.add(&access::of_class(names, module, class));
                let prefix = match names.member(module, class, "path") {
                    Thing::Variable(_, Some(value)) => segment(&pieces::text(names, value)),
                    _ => String::new(),
                };
                (prefix, listed.get(&(module, 1, class.0)))
            }
            Scope::Module | Scope::Function(_) => (String::new(), listed.get(&(module, 0, function.0))),
        };
        let response = it
            .returns
            .and_then(|id| tree.response(Place { module, scope: it.scope, arena: Arena::Definitions, id }));
        let handler = tree.handler(module, function);
        let owners: Vec<Option<Key>> =
            owners.map_or_else(|| vec![None], |owners| owners.iter().cloned().map(Some).collect());
        for path in paths(names, &at) {
            let path = format!("{prefix}{}", segment(&path));
            for owner in &owners {
                tree.entries.push(Entry {
                    owner: owner.clone(),
                    path: path.clone(),
                    methods: methods.clone(),
                    handler: handler.clone(),
                    framework: Framework::Litestar,
                    response: response.clone(),
                    access: access.clone(),
                });
            }
        }
    }
}

fn methods_of(names: &Names<'_>, place: Place) -> Vec<Name> {
    let list = methods(names, place);
    if list.is_empty() { vec![pieces::text(names, place).to_uppercase().into()] } else { list }
}

/// One path or a list of paths; the root if none is given.
fn paths(names: &Names<'_>, at: &At<'_>) -> Vec<String> {
    let Some(path) = at.get(0, "path") else { return vec![String::new()] };
    let list = elements(names, path);
    if list.is_empty() {
        vec![pieces::text(names, path)]
    } else {
        list.into_iter().map(|place| pieces::text(names, place)).collect()
    }
}
