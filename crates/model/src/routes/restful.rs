//! Flask-RESTX and Flask-RESTful: classes with methods named after HTTP methods, namespaces, and `Api` objects.

use python::{ClassId, Expr, Name};

use super::access::{self, Access};
use super::names::{Arena, Key, Names, Place, Thing};
use super::tree::{At, Entry, Include, Kind, Node, Tree, given};
use super::{Framework, classes, pieces};
use crate::ModuleId;

/// `Api(prefix="/api")`, `Namespace("orders", path="/orders")`
pub(super) fn made(names: &Names<'_>, at: &At<'_>, node: &mut Node) {
    let given = at.keyword(if node.kind == Kind::Namespace { "path" } else { "prefix" });
    node.prefix = match given {
        Some(prefix) => pieces::text(names, prefix),
        // The path of a namespace defaults to its name.
        None if node.kind == Kind::Namespace => {
            at.get(0, "name").map(|name| format!("/{}", pieces::text(names, name))).unwrap_or_default()
        }
        None => String::new(),
    };
}

/// The application or blueprint that an `Api` was created for: `Api(blueprint)`.
pub(super) fn mounted(tree: &mut Tree<'_>, at: &At<'_>) {
    let Some(app) = at.get(0, "app") else { return };
    let given = at.keyword("url_prefix");
    let prefix = given.map(|place| pieces::text(tree.names, place)).unwrap_or_default();
    for (parent, _) in tree.routers(app) {
        let (child, prefix) = (at.key.clone(), prefix.clone());
        tree.includes.push(Include { parent, child, prefix, replaces: false, access: Access::default() });
    }
}

/// `@namespace.route("/<int:id>")` above a class.
pub(super) fn decorated(tree: &mut Tree<'_>, module: ModuleId, class: ClassId) {
    let definitions = tree.names.definitions(module);
    let it = &definitions[class];
    for decorator in &it.decorators {
        let place = Place { module, scope: it.scope, arena: Arena::Definitions, id: *decorator };
        let Expr::Call { callee, args } = tree.names.expr(place) else { continue };
        let Expr::Attribute { value, name } = tree.names.expr(place.at(callee)) else { continue };
        if name != "route" {
            continue;
        }
        for (key, _) in tree.routers(place.at(value)) {
            let at = At { place, key, name: &name, given: given(place, &args) };
            let paths: Vec<Place> = at.positional().collect();
            for path in paths {
                resource(tree, &at.key, path, (module, class));
            }
        }
    }
}

/// `api.add_resource(OrderList, "/orders")`, `api.add_namespace(orders, path="/orders")`
pub(super) fn called(tree: &mut Tree<'_>, at: &At<'_>) {
    match at.name {
        "add_namespace" => {
            let Some(namespace) = at.get(0, "ns") else { return };
            let given = at.get(1, "path");
            let prefix = given.map(|place| pieces::text(tree.names, place)).unwrap_or_default();
            for (child, _) in tree.routers(namespace) {
                let (parent, prefix) = (at.key.clone(), prefix.clone());
                let access = Access::default();
                tree.includes.push(Include { parent, child, prefix, replaces: given.is_some(), access });
            }
        }
        name if name.starts_with("add_") && name.ends_with("resource") => {
            let Some(resource_place) = at.get(0, "resource") else { return };
            let Thing::Class(module, class) = tree.names.follow(resource_place) else { return };
            let paths: Vec<Place> = at.positional().skip(1).collect();
            for path in paths {
                resource(tree, &at.key, path, (module, class));
            }
        }
        "init_app" => mounted(tree, at),
        _ => {}
    }
}

fn resource(tree: &mut Tree<'_>, owner: &Key, path: Place, class: (ModuleId, ClassId)) {
    let names = tree.names;
    let path = pieces::text(names, path);
    let of_class = access::of_class(names, class.0, class.1);
    for (method, module, function) in classes::methods(names, class.0, class.1) {
        let definitions = names.definitions(module);
        let it = &definitions[function];
        let mut access = access::of_decorators(names, module, it.scope, &it.decorators);
        access.add(&of_class);
        let methods: Vec<Name> = vec![method];
        tree.entries.push(Entry {
            owner: Some(owner.clone()),
            path: path.clone(),
            methods,
            handler: classes::handler(names, class, (module, function)),
            framework: Framework::Flask,
            response: None,
            access,
        });
    }
}
