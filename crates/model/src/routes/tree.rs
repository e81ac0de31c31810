//! Routers and applications, their includes, and the resulting full paths.

mod handed;
mod paths;
mod routers;

use std::collections::BTreeMap;

use python::{Arg, Expr, ExprId, FunctionId, Name, Scope};

use super::access::Access;
use super::names::{Arena, Key, Names, Place, Thing};
use super::{Handler, Response, RouteItem, Routes};
use crate::ModuleId;

/// Routers nested deeper than this are cyclic.
const MAX_DEPTH: usize = 12;
/// A router that is included more often is shown under the first of its paths.
const MAX_PATHS: usize = 24;
/// The maximum number of routers traversed for one question, so that many paths through few routers terminate too.
const MAX_STEPS: u32 = 4_096;

/// The kind of a router or application.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    FastApi,
    Starlette,
    Litestar,
    Flask,
    /// A Flask blueprint, whose prefix may be overridden where it is registered.
    Blueprint,
    /// `Api` of Flask-RESTX and Flask-RESTful.
    RestApi,
    /// `Namespace` of Flask-RESTX.
    Namespace,
    /// A router of Django REST framework.
    RestRouter,
    /// `NinjaAPI` and `Router` of django-ninja.
    Ninja,
}

/// A router or an application.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub(crate) kind: Kind,
    pub(crate) prefix: String,
    pub(crate) access: Access,
    /// The call that creates it.
    pub(crate) made: Option<Place>,
}

/// An include of one router in another.
#[derive(Debug, Clone)]
pub(crate) struct Include {
    pub(crate) parent: Key,
    pub(crate) child: Key,
    /// The prefix before the child's own prefix.
    pub(crate) prefix: String,
    /// Whether it replaces the child's own prefix.
    pub(crate) replaces: bool,
    pub(crate) access: Access,
}

/// A route before its full path is known.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    /// The router that it was registered with.
    pub(crate) owner: Option<Key>,
    pub(crate) path: String,
    pub(crate) methods: Vec<Name>,
    pub(crate) handler: Handler,
    pub(crate) framework: super::Framework,
    pub(crate) response: Option<Response>,
    pub(crate) access: Access,
}

/// Everything that was registered.
pub(crate) struct Tree<'a> {
    pub(crate) names: &'a Names<'a>,
    pub(crate) nodes: BTreeMap<Key, Node>,
    pub(crate) includes: Vec<Include>,
    pub(crate) entries: Vec<Entry>,
    /// The number of expressions followed for the current question.
    steps: u32,
}

/// The routes of the project.
pub(crate) fn collect(names: &Names<'_>) -> Routes {
    let mut tree =
        Tree { names, nodes: BTreeMap::new(), includes: Vec::new(), entries: Vec::new(), steps: 0 };
    let modules: Vec<ModuleId> = names.resolver.modules.iter().map(|(id, _)| id).collect();
    let with_facts: Vec<ModuleId> = modules.into_iter().filter(|id| !names.facts(*id).is_empty()).collect();
    for module in &with_facts {
        tree.read_registrations(*module);
    }
    // The values of function parameters are known now, so their decorators come later.
    for module in &with_facts {
        tree.read_decorators(*module);
    }
    super::litestar::collect(&mut tree, &with_facts);
    super::django::collect(&mut tree, &with_facts);
    super::access::rest::add_defaults(&mut tree);
    tree.routes()
}

impl<'a> Tree<'a> {
    fn read_registrations(&mut self, module: ModuleId) {
        let names: &'a Names<'a> = self.names;
        let facts = names.facts(module);
        for name in &facts.made {
            if let Thing::Variable(key, Some(value)) = names.at_top_level(module, name, 0) {
                self.made(&key, value);
            }
        }
        for item in &facts.items {
            match item {
                RouteItem::Bind { scope, name, value, is_each: false } => {
                    let place = Place { module, scope: *scope, arena: Arena::Facts, id: *value };
                    self.made(&Key::new(module, *scope, name.clone()), place);
                }
                RouteItem::Call { scope, call } => {
                    self.called(Place { module, scope: *scope, arena: Arena::Facts, id: *call });
                }
                RouteItem::Bind { .. } | RouteItem::Extend { .. } | RouteItem::Handed { .. } => {}
            }
        }
    }

    fn read_decorators(&mut self, module: ModuleId) {
        let (facts, definitions) = (self.names.facts(module), self.names.definitions(module));
        for id in &facts.functions {
            let function = &definitions[*id];
            for decorator in &function.decorators {
                let place =
                    Place { module, scope: function.scope, arena: Arena::Definitions, id: *decorator };
                self.decorated(place, *id);
            }
        }
        for id in &facts.classes {
            super::restful::decorated(self, module, *id);
        }
    }

    /// `@router.get("/orders")`
    fn decorated(&mut self, place: Place, function: FunctionId) {
        let Expr::Call { callee, args } = self.names.expr(place) else { return };
        self.handed(place, callee, &args, function);
        let Expr::Attribute { value, name } = self.names.expr(place.at(callee)) else { return };
        for (key, kind) in self.routers(place.at(value)) {
            let at = At { place, key, name: &name, given: given(place, &args) };
            self.decorated_by(&at, kind, function);
        }
    }

    /// What the method of a router does to the function that it decorates.
    fn decorated_by(&mut self, at: &At<'_>, kind: Kind, function: FunctionId) {
        match kind {
            Kind::FastApi | Kind::Starlette => super::fastapi::decorated(self, at, function),
            Kind::Flask | Kind::Blueprint | Kind::RestApi | Kind::Namespace => {
                super::flask::decorated(self, at, function);
            }
            Kind::Ninja => super::ninja::decorated(self, at, function),
            Kind::Litestar | Kind::RestRouter => {}
        }
    }

    /// `app.include_router(orders.router, prefix="/orders")`
    fn called(&mut self, place: Place) {
        let Expr::Call { callee, args } = self.names.expr(place) else { return };
        self.passed_router(place, callee, &args);
        let Expr::Attribute { value, name } = self.names.expr(place.at(callee)) else { return };
        let mut routers = self.routers(place.at(value));
        if routers.is_empty()
            && let Some(kind) = routers::kind_of_method(&name)
            && let Thing::Parameter(key) = self.names.resolve(place.at(value))
        {
            self.add(key.clone(), kind, None);
            routers.push((key, kind));
        }
        for (key, kind) in routers {
            let at = At { place, key, name: &name, given: given(place, &args) };
            match kind {
                Kind::FastApi | Kind::Starlette => super::fastapi::called(self, &at),
                Kind::Flask | Kind::Blueprint => super::flask::called(self, &at),
                Kind::RestApi | Kind::Namespace => super::restful::called(self, &at),
                Kind::Litestar => super::litestar::called(self, &at),
                Kind::Ninja => super::ninja::called(self, &at),
                // Their paths depend on where the router's URLs are included.
                Kind::RestRouter => {}
            }
        }
    }

    /// `register_routes(app)`: the parameter `app` of the function is the application that is passed to it.
    fn passed_router(&mut self, place: Place, callee: ExprId, args: &[Arg]) {
        let Thing::Function(module, function) = self.names.follow(place.at(callee)) else { return };
        let definitions = self.names.definitions(module);
        let Some(it) = definitions.functions.get(function.0 as usize) else { return };
        let given: Vec<(Name, Place)> = args
            .iter()
            .enumerate()
            .filter_map(|(index, arg)| match arg {
                Arg::Positional(id) => Some((it.parameters.get(index)?.name.clone(), place.at(*id))),
                Arg::Keyword(name, id) => Some((name.clone(), place.at(*id))),
                Arg::Star(_) | Arg::DoubleStar(_) => None,
            })
            .collect();
        for (name, argument) in given {
            let child = Key::new(module, Scope::Function(function), name);
            for (parent, kind) in self.routers(argument) {
                self.add(child.clone(), kind, None);
                let (child, prefix, access) = (child.clone(), String::new(), Access::default());
                self.includes.push(Include { parent, child, prefix, replaces: false, access });
            }
        }
    }

    /// The value of a name: a router or an application that may list its routes.
    fn made(&mut self, key: &Key, value: Place) {
        if let Some(kind) = self.kind_of_call(value) {
            self.add(key.clone(), kind, Some(value));
        }
    }

    /// Adds a node once.
    pub(crate) fn add(&mut self, key: Key, kind: Kind, made: Option<Place>) {
        if self.nodes.contains_key(&key) {
            return;
        }
        let mut node = Node { kind, prefix: String::new(), access: Access::default(), made };
        if let Some(place) = made
            && let Expr::Call { args, .. } = self.names.expr(place)
        {
            let at = At { place, key: key.clone(), name: "", given: given(place, &args) };
            match kind {
                Kind::FastApi => super::fastapi::made(self.names, &at, &mut node),
                Kind::Litestar => super::litestar::made(self.names, &at, &mut node),
                Kind::Flask | Kind::Blueprint => super::flask::made(self.names, &at, &mut node),
                Kind::RestApi | Kind::Namespace => super::restful::made(self.names, &at, &mut node),
                Kind::Ninja => super::ninja::made(self.names, &at, &mut node),
                Kind::Starlette | Kind::RestRouter => {}
            }
            self.nodes.insert(key, node);
            match kind {
                Kind::FastApi | Kind::Starlette => super::starlette::made(self, &at),
                Kind::RestApi => super::restful::mounted(self, &at),
                _ => {}
            }
        } else {
            self.nodes.insert(key, node);
        }
    }

    /// A handler that is a function or a method.
    pub(crate) fn handler(&self, module: ModuleId, function: FunctionId) -> Handler {
        let definitions = self.names.definitions(module);
        let it = &definitions[function];
        let class = match it.scope {
            Scope::Class(class) => Some(definitions[class].name.clone()),
            Scope::Module | Scope::Function(_) => None,
        };
        Handler { module, class, name: it.name.clone(), function: Some((module, function)) }
    }

    /// The response that a response model or a return annotation declares.
    pub(crate) fn response(&self, place: Place) -> Option<Response> {
        let text = self.names.written(place);
        if text.is_empty() || text == "None" {
            return None;
        }
        let text = match self.names.expr(place) {
            Expr::Literal(python::Literal::Str(inner)) => inner.to_string(),
            _ => text,
        };
        // The framework's own response classes don't declare their contents.
        if let Thing::Foreign(full) = self.names.follow(place)
            && full.ends_with("Response")
        {
            return None;
        }
        Some(Response { text: text.into(), class: self.class_in(place, 0) })
    }

    /// The project class in an annotation: `OrderOut` in `list[OrderOut]`.
    fn class_in(&self, place: Place, depth: usize) -> Option<crate::ClassRef> {
        if depth == MAX_DEPTH {
            return None;
        }
        match self.names.expr(place) {
            Expr::Name(_) | Expr::Attribute { .. } => match self.names.follow(place) {
                Thing::Class(module, class) => {
                    let definitions = self.names.definitions(module);
                    Some(crate::ClassRef::new(
                        module,
                        definitions.classes.get(class.0 as usize)?.name.clone(),
                    ))
                }
                _ => None,
            },
            Expr::Subscript { index, .. } => self.class_in(place.at(index), depth + 1),
            Expr::Tuple(parts) => parts.iter().find_map(|part| self.class_in(place.at(*part), depth + 1)),
            Expr::Binary { op, left, right } if op == "|" => {
                self.class_in(place.at(left), depth + 1).or_else(|| self.class_in(place.at(right), depth + 1))
            }
            _ => None,
        }
    }
}

/// A call on a router, or the one that creates it.
pub(crate) struct At<'a> {
    /// The call.
    pub(crate) place: Place,
    /// The router.
    pub(crate) key: Key,
    /// The method.
    pub(crate) name: &'a str,
    /// The arguments.
    pub(crate) given: Vec<Given>,
}

/// One argument of a call.
#[derive(Debug, Clone)]
pub(crate) struct Given {
    /// Its name, if it is given by one.
    pub(crate) name: Option<Name>,
    /// Where its value is written.
    pub(crate) value: Place,
}

/// The arguments of the call at a place. What follows a `*rest` has no position that is known.
pub(crate) fn given(place: Place, args: &[Arg]) -> Vec<Given> {
    let star = args.iter().position(|arg| matches!(arg, Arg::Star(_))).unwrap_or(args.len());
    args.iter()
        .enumerate()
        .filter_map(|(index, arg)| match arg {
            Arg::Positional(id) if index < star => Some(Given { name: None, value: place.at(*id) }),
            Arg::Keyword(name, id) => Some(Given { name: Some(name.clone()), value: place.at(*id) }),
            Arg::Positional(_) | Arg::Star(_) | Arg::DoubleStar(_) => None,
        })
        .collect()
}

impl At<'_> {
    /// The positional argument at `index`, or the one called `name`.
    pub(crate) fn get(&self, index: usize, name: &str) -> Option<Place> {
        let positional = self.given.get(index).filter(|given| given.name.is_none());
        positional.map(|given| given.value).or_else(|| self.keyword(name))
    }

    /// The argument called `name`.
    pub(crate) fn keyword(&self, name: &str) -> Option<Place> {
        self.given.iter().find(|given| given.name.as_deref() == Some(name)).map(|given| given.value)
    }

    /// The positional arguments.
    pub(crate) fn positional(&self) -> impl Iterator<Item = Place> {
        self.given.iter().filter(|given| given.name.is_none()).map(|given| given.value)
    }
}

/// Methods in a list of literals, in capitals: `methods=["GET", "post"]`.
pub(crate) fn methods(names: &Names<'_>, list: Place) -> Vec<Name> {
    super::access::elements(names, list)
        .into_iter()
        .map(|place| super::pieces::text(names, place).to_uppercase().into())
        .collect()
}

/// The HTTP method of a decorator or call named after it.
pub(crate) fn method_of(name: &str) -> Option<Name> {
    match name {
        "delete" | "get" | "head" | "options" | "patch" | "post" | "put" | "trace" => {
            Some(name.to_uppercase().into())
        }
        _ => None,
    }
}
