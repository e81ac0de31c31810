//! Routes that a decorator of the project registers with what it is given: `@protected(router.get, "/orders")`.

use python::{Arg, Expr, ExprId, FunctionId, Name, ParameterKind, Scope};

use super::{At, Given, Tree, given};
use crate::ModuleId;
use crate::routes::RouteItem;
use crate::routes::names::{Arena, Key, Place, Thing};

/// The decorator that hands something on, and what it was given.
struct Hands<'a> {
    module: ModuleId,
    function: FunctionId,
    /// The arguments by the names of the parameters.
    bound: Vec<(Name, Place)>,
    /// Those that `*args` and `**kwargs` take.
    rest: Vec<&'a Given>,
}

impl Tree<'_> {
    /// Adds the routes that the inner function of a decorator makes of `function`.
    pub(super) fn handed(&mut self, place: Place, callee: ExprId, args: &[Arg], function: FunctionId) {
        let names = self.names;
        let Thing::Function(module, decorator) = names.follow(place.at(callee)) else { return };
        let facts = names.facts(module);
        let outer = given(place, args);
        let hands = self.hands(module, decorator, &outer);
        for item in &facts.items {
            let RouteItem::Handed { to, scope, call } = item else { continue };
            if *to != decorator {
                continue;
            }
            let made = Place { module, scope: *scope, arena: Arena::Facts, id: *call };
            let Expr::Call { callee, args } = names.expr(made) else { continue };
            // `method`, which is `router.get` where the decorator stands.
            let method = self.replaced(&hands, made.at(callee));
            let Expr::Attribute { value, name } = names.expr(method) else { continue };
            let given = self.arguments(&hands, made, &args);
            for (key, kind) in self.routers(method.at(value)) {
                let at = At { place, key, name: &name, given: given.clone() };
                self.decorated_by(&at, kind, function);
            }
        }
    }

    fn hands<'g>(&self, module: ModuleId, function: FunctionId, outer: &'g [Given]) -> Hands<'g> {
        let definitions = self.names.definitions(module);
        let parameters = definitions.functions.get(function.0 as usize).map(|it| &it.parameters[..]);
        let is_positional =
            |kind: ParameterKind| matches!(kind, ParameterKind::PositionalOnly | ParameterKind::Normal);
        let is_named =
            |kind: ParameterKind| matches!(kind, ParameterKind::KeywordOnly | ParameterKind::Normal);
        let mut hands = Hands { module, function, bound: Vec::new(), rest: Vec::new() };
        for (index, given) in outer.iter().enumerate() {
            let parameters = parameters.unwrap_or_default();
            let parameter = match &given.name {
                None => parameters.get(index).filter(|parameter| is_positional(parameter.kind)),
                Some(name) => {
                    parameters.iter().find(|parameter| parameter.name == *name && is_named(parameter.kind))
                }
            };
            match parameter {
                Some(parameter) => hands.bound.push((parameter.name.clone(), given.value)),
                None => hands.rest.push(given),
            }
        }
        for parameter in parameters.unwrap_or_default() {
            if let Some(id) = parameter.default
                && !hands.bound.iter().any(|(name, _)| *name == parameter.name)
            {
                let default = Place { module, scope: Scope::Module, arena: Arena::Definitions, id };
                hands.bound.push((parameter.name.clone(), default));
            }
        }
        hands
    }

    /// The argument behind a parameter of the decorator; anything else stays.
    fn replaced(&self, hands: &Hands<'_>, place: Place) -> Place {
        let Thing::Parameter(key) = self.names.resolve(place) else { return place };
        if !matches!(self.names.expr(place), Expr::Name(_))
            || key != Key::new(hands.module, Scope::Function(hands.function), key.name.clone())
        {
            return place;
        }
        hands.bound.iter().find(|(name, _)| *name == key.name).map_or(place, |(_, value)| *value)
    }

    fn arguments(&self, hands: &Hands<'_>, made: Place, args: &[Arg]) -> Vec<Given> {
        let mut out = Vec::new();
        for arg in args {
            match arg {
                Arg::Positional(id) => {
                    out.push(Given { name: None, value: self.replaced(hands, made.at(*id)) });
                }
                Arg::Keyword(name, id) => {
                    out.push(Given { name: Some(name.clone()), value: self.replaced(hands, made.at(*id)) });
                }
                Arg::Star(_) => {
                    out.extend(hands.rest.iter().filter(|it| it.name.is_none()).copied().cloned());
                }
                Arg::DoubleStar(_) => {
                    out.extend(hands.rest.iter().filter(|it| it.name.is_some()).copied().cloned());
                }
            }
        }
        out
    }
}
