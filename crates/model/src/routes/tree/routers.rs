//! The router or application that an expression refers to: through names, loops, parameters, and factory functions.

use python::{Arg, ClassId, Expr, FunctionId, Name, Scope};

use super::{Include, Kind, MAX_DEPTH, MAX_PATHS, MAX_STEPS, Node, Tree};
use crate::ModuleId;
use crate::routes::access::{self, Access};
use crate::routes::names::{Arena, Key, Place, Thing};
use crate::routes::pieces;

/// The number of steps that a class factory counts for: each examines all classes in its body, and factories of
/// factories are rare.
const FACTORY: usize = 3;

impl Tree<'_> {
    /// The routers that an expression refers to; several if it is a loop target.
    pub(crate) fn routers(&mut self, place: Place) -> Vec<(Key, Kind)> {
        let mut found = Vec::new();
        self.steps = 0;
        self.find_routers(place, 0, &mut found);
        found
    }

    /// The routers that something resolved elsewhere refers to.
    pub(crate) fn routers_of(&mut self, place: Place, thing: Thing) -> Vec<(Key, Kind)> {
        let mut found = Vec::new();
        self.steps = 0;
        self.router_of(place, thing, 0, &mut found);
        found
    }

    fn find_routers(&mut self, place: Place, depth: usize, out: &mut Vec<(Key, Kind)>) {
        self.steps += 1;
        if depth >= MAX_DEPTH || self.steps > MAX_STEPS || out.len() >= MAX_PATHS * 4 {
            return;
        }
        match self.names.expr(place) {
            Expr::Name(_) | Expr::Attribute { .. } => {
                let thing = self.names.resolve(place);
                match self.of_instance(place, &thing) {
                    Some((key, made, shared)) => {
                        self.add_of_instance(&key, made, shared);
                        self.router_of_call(key, made, depth, out);
                    }
                    None => self.router_of(place, thing, depth, out),
                }
            }
            Expr::Call { .. } => {
                // Created inline: identified by its place.
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

    /// The router that an object makes for itself: `module.router`, where `Module.__init__` does
    /// `self.router = APIRouter()`. Each object of the module has its own.
    fn of_instance(&self, place: Place, thing: &Thing) -> Option<(Key, Place, Key)> {
        let Expr::Attribute { value, name } = self.names.expr(place) else { return None };
        let Thing::Variable(shared, Some(made)) = thing else { return None };
        let Thing::Variable(object, Some(call)) = self.names.resolve(place.at(value)) else { return None };
        let Expr::Call { callee, .. } = self.names.expr(call) else { return None };
        let is_object = matches!(self.names.follow(call.at(callee)), Thing::Class(..));
        // What a class body makes all objects share.
        let is_own = made.arena == Arena::Facts && self.kind_of_call(*made).is_some();
        (is_object && is_own).then(|| {
            (Key { name: format!("{}.{name}", object.name).into(), ..object }, *made, shared.clone())
        })
    }

    /// Adds the router of one object. It starts with what the methods of the class register.
    fn add_of_instance(&mut self, key: &Key, made: Place, shared: Key) {
        let Some(kind) = self.kind_of_call(made).filter(|_| !self.nodes.contains_key(key)) else { return };
        self.add(shared.clone(), kind, Some(made));
        self.add(key.clone(), kind, Some(made));
        let (prefix, access) = (String::new(), Access::default());
        self.includes.push(Include { parent: key.clone(), child: shared, prefix, replaces: true, access });
    }

    fn router_of(&mut self, place: Place, thing: Thing, depth: usize, out: &mut Vec<(Key, Kind)>) {
        // A function that returns the very variable that its call is assigned to would lead here forever.
        self.steps += 1;
        if depth >= MAX_DEPTH || self.steps > MAX_STEPS {
            return;
        }
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
            // A module passed instead of its router: `include_router(orders)` never works, but `orders.router` may be
            // meant.
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
        // A variable that counts as a router because an application includes it.
        if let Some(node) = self.nodes.get(&key)
            && node.made == Some(call)
        {
            out.push((key, node.kind));
            return;
        }
        let Expr::Call { callee, args } = self.names.expr(call) else { return };
        let Thing::Function(module, function) = self.names.follow(call.at(callee)) else { return };
        let Some(thing) = self.names.returned(module, function) else { return };
        let mut inner = Vec::new();
        self.router_of(call, thing, depth + 1, &mut inner);
        match inner[..] {
            // Each call creates another router, which starts with the registrations of the function.
            [(ref made, kind)] if self.is_made_anew(made, module, function) => {
                self.add_made_by(key.clone(), kind, made.clone(), (call, &args), (module, function));
                out.push((key, kind));
            }
            // There is only one application, so the name that the function returns refers to the same object.
            _ => out.append(&mut inner),
        }
    }

    /// Whether a router is created by a call in the body of a function, and isn't an application.
    fn is_made_anew(&self, made: &Key, module: ModuleId, function: FunctionId) -> bool {
        let is_inside = made.module == module && made.scope == (2, function.0);
        let call = self.nodes.get(made).and_then(|node| node.made).filter(|_| is_inside);
        let callee = call.and_then(|call| match self.names.expr(call) {
            Expr::Call { callee, .. } => Some(call.at(callee)),
            _ => None,
        });
        let full = callee.and_then(|callee| self.full_name(callee, 0));
        full.is_some_and(|full| {
            ["Router", "Blueprint", "Namespace"].iter().any(|ending| full.ends_with(ending))
        })
    }

    /// Adds the router that a call of a project function creates, with the prefix that the function gives it. The
    /// function's parameters are replaced by the arguments.
    fn add_made_by(
        &mut self,
        key: Key,
        kind: Kind,
        inner: Key,
        (call, args): (Place, &[Arg]),
        (module, function): (ModuleId, FunctionId),
    ) {
        if self.nodes.contains_key(&key) {
            return;
        }
        let Some(node) = self.nodes.get(&inner) else { return };
        let (mut prefix, access) = (node.prefix.clone(), node.access.clone());
        let definitions = self.names.definitions(module);
        let parameters = definitions.functions.get(function.0 as usize).map(|it| &it.parameters[..]);
        for (index, parameter) in parameters.unwrap_or_default().iter().enumerate() {
            // A computed prefix is in braces, as written.
            let written = format!("{{{}}}", parameter.name);
            if !prefix.contains(&written) {
                continue;
            }
            let given = args.iter().enumerate().find_map(|(at, arg)| match arg {
                Arg::Positional(id) if at == index => Some(call.at(*id)),
                Arg::Keyword(name, id) if *name == parameter.name => Some(call.at(*id)),
                _ => None,
            });
            let default = parameter.default.map(|id| Place {
                module,
                scope: Scope::Module,
                arena: Arena::Definitions,
                id,
            });
            if let Some(value) = given.or(default) {
                prefix = prefix.replace(&written, &pieces::text(self.names, value));
            }
        }
        self.nodes.insert(key.clone(), Node { kind, prefix, access, made: Some(call) });
        let (prefix, access) = (String::new(), Access::default());
        self.includes.push(Include { parent: key, child: inner, prefix, replaces: true, access });
    }

    /// Treats a variable assigned from an unknown call as a router, because an application includes it.
    pub(crate) fn assume(&mut self, place: Place, kind: Kind) {
        let mut place = place;
        for _ in 0..MAX_DEPTH {
            match self.names.resolve(place) {
                Thing::Variable(key, Some(value)) => match self.names.expr(value) {
                    Expr::Call { .. } => return self.add(key, kind, Some(value)),
                    Expr::Name(_) | Expr::Attribute { .. } => place = value,
                    _ => return,
                },
                _ => return,
            }
        }
    }

    /// The kind of router that a call creates.
    pub(super) fn kind_of_call(&self, call: Place) -> Option<Kind> {
        let Expr::Call { callee, .. } = self.names.expr(call) else { return None };
        self.full_name(call.at(callee), 0).and_then(|full| kind_of(&full))
    }

    /// The full name of the library class that an expression refers to, or of the nearest router class among the
    /// ancestors of the project class that it refers to.
    fn full_name(&self, callee: Place, depth: usize) -> Option<Name> {
        if depth >= MAX_DEPTH {
            return None;
        }
        match self.names.follow(callee) {
            Thing::Foreign(full) => Some(full),
            Thing::Class(module, class) => self.base_of(module, class, depth),
            // `APIRouter = make_router_class(Route)`, `APIRouter = partial(fastapi.APIRouter, route_class=Route)`
            Thing::Variable(_, Some(value)) => {
                let Expr::Call { callee, args } = self.names.expr(value) else { return None };
                match self.names.follow(value.at(callee)) {
                    Thing::Foreign(full) if full == "functools.partial" => {
                        let first = args.first().filter(|arg| matches!(arg, Arg::Positional(_)))?;
                        self.full_name(value.at(first.value()), depth + 1)
                    }
                    Thing::Function(module, function) => self.class_made_by(module, function, depth),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// The library ancestor of a class. Classes defined in functions are not in the list of ancestors.
    fn base_of(&self, module: ModuleId, class: ClassId, depth: usize) -> Option<Name> {
        let known = self.names.foreign_ancestors(module, class);
        if let Some(full) = known.into_iter().find(|full| kind_of(full).is_some()) {
            return Some(full);
        }
        let definitions = self.names.definitions(module);
        let it = definitions.classes.get(class.0 as usize)?;
        it.bases.iter().find_map(|base| {
            let place = Place { module, scope: it.scope, arena: Arena::Definitions, id: base.value() };
            self.full_name(place, depth + 1).filter(|full| kind_of(full).is_some())
        })
    }

    /// The library base of the class that a project function derives and returns: from its annotation
    /// (`type[APIRouter]`), or from the only router class in its body.
    fn class_made_by(&self, module: ModuleId, function: FunctionId, depth: usize) -> Option<Name> {
        let definitions = self.names.definitions(module);
        let it = definitions.functions.get(function.0 as usize)?;
        let annotated = it.returns.and_then(|returns| {
            let place = Place { module, scope: it.scope, arena: Arena::Definitions, id: returns };
            let Expr::Subscript { value, index } = self.names.expr(place) else { return None };
            let is_type = matches!(self.names.expr(place.at(value)), Expr::Name(name) | Expr::Attribute { name, .. }
                if name == "type" || name == "Type");
            is_type.then(|| self.full_name(place.at(index), depth + 1)).flatten()
        });
        if annotated.as_deref().is_some_and(|full| kind_of(full).is_some()) {
            return annotated;
        }
        let inside = definitions.classes().filter(|(_, it)| it.scope == Scope::Function(function));
        let mut routers = inside.filter_map(|(class, _)| self.base_of(module, class, depth + FACTORY));
        let first = routers.next()?;
        routers.next().is_none().then_some(first)
    }

    /// The kind of router in a parameter's annotation.
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

/// The kind of router that a library class creates, by its full name.
fn kind_of(full: &str) -> Option<Kind> {
    let (first, last) = (full.split('.').next()?, full.rsplit('.').next()?);
    match (first, last) {
        ("fastapi", "FastAPI") => Some(Kind::FastApi),
        (_, name) if name.ends_with("APIRouter") => Some(Kind::FastApi),
        // Packages that extend FastAPI: `fastapi_error_map.ErrorAwareRouter`,
        // `fastapi_utils.inferring_router.InferringRouter`.
        (first, name) if first.starts_with("fastapi_") && name.ends_with("Router") => Some(Kind::FastApi),
        ("starlette", "Starlette" | "Router") => Some(Kind::Starlette),
        ("litestar" | "starlite", "Litestar" | "Starlite" | "Router") => Some(Kind::Litestar),
        ("flask" | "quart", "Flask" | "Quart") => Some(Kind::Flask),
        (_, name) if name.ends_with("Blueprint") => Some(Kind::Blueprint),
        ("flask_restx" | "flask_restful" | "flask_restplus", "Api") => Some(Kind::RestApi),
        ("flask_restx" | "flask_restplus", "Namespace") => Some(Kind::Namespace),
        (first, name) if first.contains("rest_framework") && name.ends_with("Router") => {
            Some(Kind::RestRouter)
        }
        ("ninja" | "ninja_extra", "NinjaAPI" | "NinjaExtraAPI" | "Router") => Some(Kind::Ninja),
        _ => None,
    }
}

/// The kind of a parameter on which this method is called.
pub(super) fn kind_of_method(name: &str) -> Option<Kind> {
    match name {
        "include_router" | "add_api_route" | "add_api_websocket_route" => Some(Kind::FastApi),
        "register_blueprint" | "add_url_rule" => Some(Kind::Flask),
        "add_resource" | "add_namespace" => Some(Kind::RestApi),
        _ => None,
    }
}
