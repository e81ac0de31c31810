//! Which router or application an expression stands for: through names, loops, parameters, and functions that make one.

use python::{Expr, Name, Scope};

use super::{Kind, MAX_DEPTH, MAX_PATHS, MAX_STEPS, Tree};
use crate::routes::access;
use crate::routes::names::{Arena, Key, Place, Thing};

impl Tree<'_> {
    /// The routers that an expression stands for; several where it is the target of a loop.
    pub(crate) fn routers(&mut self, place: Place) -> Vec<(Key, Kind)> {
        let mut found = Vec::new();
        self.steps = 0;
        self.find_routers(place, 0, &mut found);
        found
    }

    fn find_routers(&mut self, place: Place, depth: usize, out: &mut Vec<(Key, Kind)>) {
        self.steps += 1;
        if depth == MAX_DEPTH || self.steps > MAX_STEPS || out.len() >= MAX_PATHS * 4 {
            return;
        }
        match self.names.expr(place) {
            Expr::Name(_) | Expr::Attribute { .. } => {
                let thing = self.names.resolve(place);
                self.router_of(place, thing, depth, out);
            }
            Expr::Call { .. } => {
                // Made where it is used: known by its place.
                let name = Name::from(format!("#{:?}{}", place.arena, place.id.0));
                let key = Key::new(place.module, place.scope, name);
                self.router_of_call(key, place, depth, out);
            }
            Expr::List(elements) | Expr::Tuple(elements) => {
                for element in elements {
                    self.find_routers(place.at(element), depth + 1, out);
                }
            }
            _ => {}
        }
    }

    fn router_of(&mut self, place: Place, thing: Thing, depth: usize, out: &mut Vec<(Key, Kind)>) {
        match thing {
            Thing::Variable(key, Some(value)) => match self.names.expr(value) {
                Expr::Call { .. } => self.router_of_call(key, value, depth, out),
                Expr::Name(_) | Expr::Attribute { .. } => self.find_routers(value, depth + 1, out),
                _ => {}
            },
            Thing::Each(list) => {
                for element in access::elements(self.names, list) {
                    self.find_routers(element, depth + 1, out);
                }
            }
            Thing::Parameter(key) => {
                if let Some(kind) =
                    self.kind_of_parameter(&key).or(self.nodes.get(&key).map(|node| node.kind))
                {
                    self.add(key.clone(), kind, None);
                    out.push((key, kind));
                }
            }
            // A module in place of its router: `include_router(orders)` never works, but `orders.router` may be meant.
            Thing::Unknown => {
                // `app.router` of an application is the application.
                if let Expr::Attribute { value, name } = self.names.expr(place)
                    && name == "router"
                {
                    self.find_routers(place.at(value), depth + 1, out);
                }
            }
            _ => {}
        }
    }

    fn router_of_call(&mut self, key: Key, call: Place, depth: usize, out: &mut Vec<(Key, Kind)>) {
        if let Some(kind) = self.kind_of_call(call) {
            self.add(key.clone(), kind, Some(call));
            out.push((key, kind));
            return;
        }
        // A function of the project that makes it: the name that it gives back is the same thing.
        let Expr::Call { callee, .. } = self.names.expr(call) else { return };
        if let Thing::Function(module, function) = self.names.follow(call.at(callee))
            && let Some(thing) = self.names.returned(module, function)
        {
            self.router_of(call, thing, depth + 1, out);
        }
    }

    /// What kind of router a call makes.
    pub(super) fn kind_of_call(&self, call: Place) -> Option<Kind> {
        let Expr::Call { callee, .. } = self.names.expr(call) else { return None };
        match self.names.follow(call.at(callee)) {
            Thing::Foreign(full) => kind_of(&full),
            Thing::Class(module, class) => {
                self.names.foreign_ancestors(module, class).iter().find_map(|full| kind_of(full))
            }
            _ => None,
        }
    }

    /// What kind of router a parameter is annotated as.
    fn kind_of_parameter(&self, key: &Key) -> Option<Kind> {
        let definitions = self.names.definitions(key.module);
        let function = definitions.functions.get(key.scope.1 as usize)?;
        let parameter = function.parameters.iter().find(|parameter| parameter.name == key.name)?;
        let id = parameter.annotation?;
        let place = Place { module: key.module, scope: Scope::Module, arena: Arena::Definitions, id };
        match self.names.follow(place) {
            Thing::Foreign(full) => kind_of(&full),
            _ => None,
        }
    }
}

/// What a library's class makes, by its full name.
fn kind_of(full: &str) -> Option<Kind> {
    let (first, last) = (full.split('.').next()?, full.rsplit('.').next()?);
    match (first, last) {
        ("fastapi", "FastAPI") => Some(Kind::FastApi),
        (_, name) if name.ends_with("APIRouter") => Some(Kind::FastApi),
        ("starlette", "Starlette" | "Router") => Some(Kind::Starlette),
        ("litestar" | "starlite", "Litestar" | "Starlite" | "Router") => Some(Kind::Litestar),
        ("flask" | "quart", "Flask" | "Quart") => Some(Kind::Flask),
        (_, name) if name.ends_with("Blueprint") => Some(Kind::Blueprint),
        ("flask_restx" | "flask_restful" | "flask_restplus", "Api") => Some(Kind::RestApi),
        ("flask_restx" | "flask_restplus", "Namespace") => Some(Kind::Namespace),
        (first, name) if first.contains("rest_framework") && name.ends_with("Router") => {
            Some(Kind::RestRouter)
        }
        _ => None,
    }
}

/// What a parameter is that this method is called on.
pub(super) fn kind_of_method(name: &str) -> Option<Kind> {
    match name {
        "include_router" | "add_api_route" | "add_api_websocket_route" => Some(Kind::FastApi),
        "register_blueprint" | "add_url_rule" => Some(Kind::Flask),
        "add_resource" | "add_namespace" => Some(Kind::RestApi),
        _ => None,
    }
}
