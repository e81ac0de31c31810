//! Flask and Quart: decorators, `add_url_rule`, and nested blueprints.

use python::{Arg, ClassId, Expr, FunctionId, Name};

use super::access::{self, Access};
use super::facts::MAX_WRAPPERS;
use super::names::{Names, Place, Thing};
use super::tree::{At, Entry, Include, Node, Tree, method_of, methods};
use super::{Framework, Handler, classes, pieces};
use crate::ModuleId;

/// `Blueprint("orders", __name__, url_prefix="/orders")`
pub(super) fn made(names: &Names<'_>, at: &At<'_>, node: &mut Node) {
    if let Some(prefix) = at.keyword("url_prefix") {
        node.prefix = pieces::text(names, prefix);
    }
}

/// `@blueprint.route("/orders", methods=["POST"])`
pub(super) fn decorated(tree: &mut Tree<'_>, at: &At<'_>, function: FunctionId) {
    let names = tree.names;
    let methods = match at.name {
        "route" => given_methods(names, at, &["GET"]),
        "websocket" => vec![Name::new_static("WEBSOCKET")],
        name => match method_of(name) {
            Some(method) => vec![method],
            None => return,
        },
    };
    let Some(path) = at.get(0, "rule") else { return };
    let path = pieces::text(names, path);
    let module = at.place.module;
    push(tree, at, path, methods, (module, function), &Access::default());
}

fn given_methods(names: &Names<'_>, at: &At<'_>, otherwise: &[&'static str]) -> Vec<Name> {
    match at.keyword("methods") {
        Some(list) => methods(names, list),
        None => otherwise.iter().map(|method| Name::new_static(method)).collect(),
    }
}

fn push(
    tree: &mut Tree<'_>,
    at: &At<'_>,
    path: String,
    methods: Vec<Name>,
    (module, function): (ModuleId, FunctionId),
    outer: &Access,
) {
    let definitions = tree.names.definitions(module);
    let it = &definitions[function];
    let mut access = access::of_decorators(tree.names, module, it.scope, &it.decorators);
    access.add(outer);
    let handler = tree.handler(module, function);
    let owner = Some(at.key.clone());
    let framework = Framework::Flask;
    tree.entries.push(Entry { owner, path, methods, handler, framework, response: None, access });
}

/// `app.register_blueprint(...)`, `app.add_url_rule(...)`
pub(super) fn called(tree: &mut Tree<'_>, at: &At<'_>) {
    match at.name {
        "register_blueprint" => {
            let Some(blueprint) = at.get(0, "blueprint") else { return };
            let given = at.keyword("url_prefix");
            let prefix = given.map(|place| pieces::text(tree.names, place)).unwrap_or_default();
            for (child, _) in tree.routers(blueprint) {
                let (parent, prefix) = (at.key.clone(), prefix.clone());
                let access = Access::default();
                tree.includes.push(Include { parent, child, prefix, replaces: given.is_some(), access });
            }
        }
        "add_url_rule" => {
            let (Some(path), Some(view)) = (at.get(0, "rule"), at.get(2, "view_func")) else { return };
            let path = pieces::text(tree.names, path);
            match view_of(tree.names, view) {
                Some((View::Function(module, function), outer)) => {
                    let methods = given_methods(tree.names, at, &["GET"]);
                    push(tree, at, path, methods, (module, function), &outer);
                }
                Some((View::Class(module, class), outer)) => {
                    class_view(tree, at, &path, (module, class), &outer);
                }
                // Only its name is known: a library's view, or the result of a call.
                None => {
                    let name = tree.names.written(view).into();
                    let handler = Handler { module: at.place.module, class: None, name, function: None };
                    let methods = given_methods(tree.names, at, &["GET"]);
                    let (owner, framework) = (Some(at.key.clone()), Framework::Flask);
                    let access = Access::default();
                    tree.entries.push(Entry {
                        owner,
                        path,
                        methods,
                        handler,
                        framework,
                        response: None,
                        access,
                    });
                }
            }
        }
        _ => {}
    }
}

/// The target of a rule.
enum View {
    Function(ModuleId, FunctionId),
    Class(ModuleId, ClassId),
}

/// The view of a rule, looking through `as_view()` and decorators.
fn view_of(names: &Names<'_>, place: Place) -> Option<(View, Access)> {
    let mut access = Access::default();
    let mut at = place;
    for _ in 0..MAX_WRAPPERS {
        match names.follow(at) {
            Thing::Function(module, function) => return Some((View::Function(module, function), access)),
            Thing::Class(module, class) => return Some((View::Class(module, class), access)),
            Thing::Variable(_, Some(value)) if value != at => at = value,
            _ => {
                let Expr::Call { callee, args } = names.expr(at) else { return None };
                match names.expr(at.at(callee)) {
                    Expr::Attribute { value, name } if name == "as_view" => at = at.at(value),
                    _ => {
                        access.add(&access::of_wrapper(&names.written(at.at(callee))));
                        let first = args.iter().find(|arg| matches!(arg, Arg::Positional(_)))?;
                        at = at.at(first.value());
                    }
                }
            }
        }
    }
    None
}

/// A class-based view: one route for each of its methods, or a single route if it has none.
fn class_view(tree: &mut Tree<'_>, at: &At<'_>, path: &str, class: (ModuleId, ClassId), outer: &Access) {
    let names = tree.names;
    let wanted: Option<Vec<Name>> = at.keyword("methods").map(|list| methods(names, list));
    let mut found: Vec<(Vec<Name>, Handler, Access)> = Vec::new();
    for (method, module, function) in classes::methods(names, class.0, class.1) {
        if wanted.as_ref().is_some_and(|wanted| !wanted.contains(&method)) {
            continue;
        }
        let definitions = names.definitions(module);
        let it = &definitions[function];
        let access = access::of_decorators(names, module, it.scope, &it.decorators);
        found.push((vec![method], classes::handler(names, class, (module, function)), access));
    }
    if found.is_empty() {
        let methods = wanted.unwrap_or_else(|| vec![Name::new_static("GET")]);
        let answer = ["dispatch_request", "_process", "__call__"].iter().find_map(|name| {
            match names.member(class.0, class.1, name) {
                Thing::Function(module, function) => Some(classes::handler(names, class, (module, function))),
                _ => None,
            }
        });
        let handler = answer.unwrap_or_else(|| classes::whole(names, class.0, class.1, ""));
        found.push((methods, handler, Access::default()));
    }
    let of_class = access::of_class(names, class.0, class.1);
    for (methods, handler, mut access) in found {
        access.add(outer);
        access.add(&of_class);
        tree.entries.push(Entry {
            owner: Some(at.key.clone()),
            path: path.to_owned(),
            methods,
            handler,
            framework: Framework::Flask,
            response: None,
            access,
        });
    }
}
