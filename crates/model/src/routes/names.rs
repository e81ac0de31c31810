//! Resolves a name at the place where it is used: a variable with its value, a function, a class, a module, or
//! something from a library.

mod rebound;

use std::cell::Cell;
use std::sync::Arc;

use python::{
    ClassId, Definitions, Expr, ExprArena, ExprId, FunctionId, Import, ImportKind, Name, ParameterKind, Scope,
};

use super::facts::RETURNED;
use super::{RouteFacts, RouteItem};
use crate::resolve::{Resolver, join};
use crate::{ClassHierarchy, Export, ModuleId, PathRole, Target};

/// The maximum number of aliases and re-exports followed.
const MAX_HOPS: usize = 16;
/// Hand-written attribute chains are not longer than this.
const MAX_CHAIN: usize = 16;

/// The arena of a module that contains an expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Arena {
    /// Signatures, decorators, and values of variables.
    Definitions,
    /// Registrations.
    Facts,
}

/// An expression, with the scope in which its names are looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Place {
    pub(crate) module: ModuleId,
    pub(crate) scope: Scope,
    pub(crate) arena: Arena,
    pub(crate) id: ExprId,
}

impl Place {
    /// Another expression in the same context.
    pub(crate) fn at(self, id: ExprId) -> Self {
        Self { id, ..self }
    }
}

/// A variable of a module or a function, or an attribute of a class.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Key {
    pub(crate) module: ModuleId,
    /// Module, class or function, with its index.
    pub(crate) scope: (u8, u32),
    pub(crate) name: Name,
}

impl Key {
    pub(crate) fn new(module: ModuleId, scope: Scope, name: Name) -> Self {
        let scope = match scope {
            Scope::Module => (0, 0),
            Scope::Class(ClassId(class)) => (1, class),
            Scope::Function(FunctionId(function)) => (2, function),
        };
        Self { module, scope, name }
    }
}

/// The meaning of a name.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Thing {
    /// A variable with its value, if known.
    Variable(Key, Option<Place>),
    /// Each element of a value.
    Each(Place),
    /// A parameter of a function.
    Parameter(Key),
    Function(ModuleId, FunctionId),
    Class(ModuleId, ClassId),
    Module(ModuleId),
    /// A folder of modules.
    Namespace(Name),
    /// Something from a library, by full name.
    Foreign(Name),
    Unknown,
}

/// The facts that names are looked up in.
pub(crate) struct Names<'a> {
    pub(crate) resolver: Resolver<'a>,
    pub(crate) definitions: &'a dyn Fn(ModuleId) -> Arc<Definitions>,
    pub(crate) facts: &'a dyn Fn(ModuleId) -> Arc<RouteFacts>,
    pub(crate) hierarchy: &'a ClassHierarchy,
    /// The current depth of nested lookups: variables may be attributes of each other in a cycle.
    pub(crate) depth: Cell<usize>,
    /// Whether it is being asked what a variable held first: functions and variables may lead to each other in a cycle.
    pub(crate) is_tracing: Cell<bool>,
}

impl Names<'_> {
    /// Only code is read; other files were never parsed.
    pub(crate) fn is_code(&self, module: ModuleId) -> bool {
        self.resolver.modules[module].role == PathRole::Code
    }

    /// The definitions of a module.
    pub(crate) fn definitions(&self, module: ModuleId) -> Arc<Definitions> {
        if self.is_code(module) { (self.definitions)(module) } else { Arc::default() }
    }

    /// The registrations of a module.
    pub(crate) fn facts(&self, module: ModuleId) -> Arc<RouteFacts> {
        if self.is_code(module) { (self.facts)(module) } else { Arc::default() }
    }

    /// Reads from the arena that contains the place.
    pub(crate) fn with<T>(&self, place: Place, read: impl FnOnce(&ExprArena, ExprId) -> T) -> T {
        match place.arena {
            Arena::Definitions => read(&self.definitions(place.module).exprs, place.id),
            Arena::Facts => read(&self.facts(place.module).exprs, place.id),
        }
    }

    /// The expression at a place.
    pub(crate) fn expr(&self, place: Place) -> Expr {
        self.with(place, |exprs, id| exprs.list.get(id.0 as usize).cloned().unwrap_or(Expr::Missing))
    }

    /// The expression as text.
    pub(crate) fn written(&self, place: Place) -> String {
        self.with(place, super::written::written)
    }

    /// Resolves an expression consisting of names; calls and the like are not resolved.
    pub(crate) fn resolve(&self, place: Place) -> Thing {
        let Some(dotted) = self.with(place, chain) else { return Thing::Unknown };
        if self.depth.get() == MAX_HOPS {
            return Thing::Unknown;
        }
        self.depth.set(self.depth.get() + 1);
        let mut thing = self.lookup(place.module, place.scope, &dotted[0]);
        for attribute in &dotted[1..] {
            thing = self.attribute(place, thing, attribute);
        }
        self.depth.set(self.depth.get() - 1);
        thing
    }

    /// Like `resolve`, but follows a variable that merely refers to another name.
    pub(crate) fn follow(&self, place: Place) -> Thing {
        let mut thing = self.resolve(place);
        for _ in 0..MAX_HOPS {
            let Thing::Variable(_, Some(value)) = &thing else { return thing };
            match self.resolve(*value) {
                Thing::Unknown => return thing,
                next => thing = next,
            }
        }
        thing
    }

    /// Resolves a name in a scope of a module.
    pub(crate) fn lookup(&self, module: ModuleId, scope: Scope, name: &str) -> Thing {
        let definitions = self.definitions(module);
        let mut at = scope;
        for _ in 0..MAX_HOPS {
            match at {
                Scope::Module => return self.at_top_level(module, name, 0),
                Scope::Class(class) => {
                    let Some(class) = definitions.classes.get(class.0 as usize) else { break };
                    at = class.scope;
                }
                Scope::Function(id) => {
                    let function = definitions.functions.get(id.0 as usize);
                    if (name == "self" || name == "cls")
                        && let Some(Scope::Class(class)) = function.map(|function| function.scope)
                    {
                        return Thing::Class(module, class);
                    }
                    if let Some(thing) = self.in_function(module, id, name, &definitions) {
                        return thing;
                    }
                    let Some(function) = function else { break };
                    // A function doesn't see the names of the enclosing class.
                    at = match function.scope {
                        Scope::Class(class) => definitions[class].scope,
                        scope => scope,
                    };
                }
            }
        }
        Thing::Unknown
    }

    fn in_function(
        &self,
        module: ModuleId,
        id: FunctionId,
        name: &str,
        definitions: &Definitions,
    ) -> Option<Thing> {
        let scope = Scope::Function(id);
        if let Some(thing) = self.bound(module, scope, name) {
            return Some(thing);
        }
        let function = definitions.functions.get(id.0 as usize)?;
        let is_named = |kind| !matches!(kind, ParameterKind::Args | ParameterKind::Kwargs);
        if function.parameters.iter().any(|parameter| parameter.name == name && is_named(parameter.kind)) {
            return Some(Thing::Parameter(Key::new(module, scope, name.into())));
        }
        let inner = |of: Scope| of == scope;
        let nested = definitions.functions().find(|(_, it)| inner(it.scope) && it.name == name);
        if let Some((nested, _)) = nested {
            return Some(Thing::Function(module, nested));
        }
        let nested = definitions.classes().find(|(_, it)| inner(it.scope) && it.name == name);
        if let Some((nested, _)) = nested {
            return Some(Thing::Class(module, nested));
        }
        let imports = self.resolver.lookup.imports(module);
        let is_it =
            |import: &&Import| import.context.function == Some(id) && import.bound_name() == Some(name);
        imports.list.iter().find(is_it).map(|import| self.import(module, import, 0))
    }

    /// A name in a function or an attribute of a class that registrations bind.
    pub(crate) fn bound(&self, module: ModuleId, wanted: Scope, wanted_name: &str) -> Option<Thing> {
        let facts = self.facts(module);
        facts.items.iter().rev().find_map(|item| match item {
            RouteItem::Bind { scope, name, value, is_each } if *scope == wanted && name == wanted_name => {
                // Names in the value are looked up where it is written. For an attribute of an instance that is a
                // method, whose local names hardly ever hold a router.
                let place = Place { module, scope: *scope, arena: Arena::Facts, id: *value };
                let key = Key::new(module, *scope, name.clone());
                Some(if *is_each { Thing::Each(place) } else { Thing::Variable(key, Some(place)) })
            }
            _ => None,
        })
    }

    /// The return value of a project function, if it is a router or an application.
    pub(crate) fn returned(&self, module: ModuleId, function: FunctionId) -> Option<Thing> {
        let thing = self.bound(module, Scope::Function(function), RETURNED)?;
        match &thing {
            Thing::Variable(_, Some(value)) => match self.follow(*value) {
                Thing::Unknown => Some(thing),
                inner => Some(inner),
            },
            _ => Some(thing),
        }
    }

    /// Resolves a module-level name. What tests and migrations define is unknown, since their definitions aren't read.
    pub(crate) fn at_top_level(&self, module: ModuleId, name: &str, hops: usize) -> Thing {
        if hops == MAX_HOPS || !self.is_code(module) {
            return Thing::Unknown;
        }
        match self.resolver.lookup.exports(module).get(name) {
            Some(Export::Class(class)) => Thing::Class(module, class),
            Some(Export::Function(function)) => Thing::Function(module, function),
            Some(Export::Variable(index)) => {
                let value = self.made_first(module, name, index as usize);
                let place = |id| Place { module, scope: Scope::Module, arena: Arena::Definitions, id };
                // The target of a loop has no value of its own.
                if value.is_none()
                    && let Some(each) = self.bound(module, Scope::Module, name)
                {
                    return each;
                }
                Thing::Variable(Key::new(module, Scope::Module, name.into()), value.map(place))
            }
            Some(Export::Import(id)) => {
                let import = self.resolver.lookup.imports(module)[id].clone();
                self.import(module, &import, hops)
            }
            None => self.unbound(module, name, hops),
        }
    }

    fn import(&self, module: ModuleId, import: &Import, hops: usize) -> Thing {
        let resolved = if import.kind == ImportKind::Module && import.alias.is_none() {
            // `import a.b` binds `a`.
            self.resolver.resolve_dotted(module, import.bound_name().unwrap_or_default())
        } else {
            self.resolver.resolve(module, import)
        };
        self.target(&resolved.target, resolved.foreign.as_ref(), hops)
    }

    fn target(&self, target: &Target, foreign: Option<&Name>, hops: usize) -> Thing {
        match (target, foreign) {
            (_, Some(full)) | (Target::Standard(full) | Target::ThirdParty(full), None) => {
                Thing::Foreign(full.clone())
            }
            (Target::Module(module), None) => Thing::Module(*module),
            (Target::Symbol { origin, origin_name, .. }, None) if origin_name.is_empty() => {
                Thing::Module(*origin)
            }
            (Target::Symbol { origin, origin_name, .. }, None) => {
                self.at_top_level(*origin, origin_name, hops + 1)
            }
            (Target::Namespace(name), None) => Thing::Namespace(name.clone()),
            (Target::Missing(_), None) => Thing::Unknown,
        }
    }

    /// A name that a module doesn't bind itself: from a star import, or a submodule of a package.
    fn unbound(&self, module: ModuleId, name: &str, hops: usize) -> Thing {
        let followed = self.resolver.follow(module, name);
        if let Some(foreign) = followed.foreign {
            return Thing::Foreign(foreign);
        }
        if followed.origin != module {
            return if followed.origin_name.is_empty() {
                Thing::Module(followed.origin)
            } else {
                self.at_top_level(followed.origin, &followed.origin_name, hops + 1)
            };
        }
        let info = &self.resolver.modules[module];
        let submodule = info.is_package.then(|| join(&info.name, name));
        match submodule.and_then(|full| self.resolver.modules.by_name(&full, info.root)) {
            Some(submodule) => Thing::Module(submodule),
            None => Thing::Unknown,
        }
    }

    fn attribute(&self, place: Place, owner: Thing, name: &str) -> Thing {
        match owner {
            Thing::Module(module) => self.at_top_level(module, name, 0),
            Thing::Namespace(full) => {
                let resolved = self.resolver.resolve_dotted(place.module, &join(&full, name));
                self.target(&resolved.target, resolved.foreign.as_ref(), 0)
            }
            Thing::Foreign(full) => Thing::Foreign(join(&full, name)),
            Thing::Class(module, class) => self.member(module, class, name),
            // A member of an enumeration: its value is what the class assigns.
            Thing::Variable(key, Some(value)) if name == "value" && self.is_member_of_enumeration(&key) => {
                Thing::Variable(key, Some(value))
            }
            // An instance of a project class: the attribute as declared by the class.
            Thing::Variable(_, Some(value)) => match self.expr(value) {
                Expr::Call { callee, .. } => match self.follow(value.at(callee)) {
                    Thing::Class(module, class) => self.member(module, class, name),
                    Thing::Function(module, function) => self.member_of_returned(module, function, name),
                    _ => Thing::Unknown,
                },
                Expr::Name(_) | Expr::Attribute { .. } => {
                    let inner = self.follow(value);
                    if matches!(inner, Thing::Variable(..)) {
                        Thing::Unknown
                    } else {
                        self.attribute(place, inner, name)
                    }
                }
                _ => Thing::Unknown,
            },
            _ => Thing::Unknown,
        }
    }

    fn is_member_of_enumeration(&self, key: &Key) -> bool {
        let (1, class) = key.scope else { return false };
        self.foreign_ancestors(key.module, ClassId(class))
            .iter()
            .any(|full| full.strip_prefix("enum.").is_some_and(|name| name.ends_with("Enum")))
    }

    /// `get_settings().api_prefix`: the function declares the class of its return value.
    fn member_of_returned(&self, module: ModuleId, function: FunctionId, name: &str) -> Thing {
        let definitions = self.definitions(module);
        let Some(returns) = definitions.functions.get(function.0 as usize).and_then(|it| it.returns) else {
            return Thing::Unknown;
        };
        let place = Place { module, scope: Scope::Module, arena: Arena::Definitions, id: returns };
        match self.follow(place) {
            Thing::Class(module, class) => self.member(module, class, name),
            _ => Thing::Unknown,
        }
    }

    /// An attribute of a project class, own or inherited, or one that its methods assign on `self`.
    pub(crate) fn member(&self, module: ModuleId, class: ClassId, name: &str) -> Thing {
        let own = self.own_member(module, class, name);
        if own != Thing::Unknown {
            return own;
        }
        for (module, class) in self.ancestors(module, class) {
            let found = self.own_member(module, class, name);
            if found != Thing::Unknown {
                return found;
            }
        }
        Thing::Unknown
    }

    fn own_member(&self, module: ModuleId, class: ClassId, name: &str) -> Thing {
        let definitions = self.definitions(module);
        let scope = Scope::Class(class);
        let method = definitions.functions().find(|(_, it)| it.scope == scope && it.name == name);
        if let Some((function, _)) = method {
            return Thing::Function(module, function);
        }
        let variable = definitions.variables.iter().rev().find(|it| it.scope == scope && it.name == name);
        if let Some(variable) = variable {
            let place = |id| Place { module, scope, arena: Arena::Definitions, id };
            return Thing::Variable(Key::new(module, scope, name.into()), variable.value.map(place));
        }
        self.bound(module, scope, name).unwrap_or(Thing::Unknown)
    }

    /// The project ancestors of a class, nearest first.
    pub(crate) fn ancestors(&self, module: ModuleId, class: ClassId) -> Vec<(ModuleId, ClassId)> {
        let definitions = self.definitions(module);
        let Some(class) = definitions.classes.get(class.0 as usize) else { return Vec::new() };
        let own = self.hierarchy.of(module, &class.name).map(|ancestors| &*ancestors.own).unwrap_or_default();
        own.iter()
            .filter_map(|(module, name)| {
                let definitions = self.definitions(*module);
                let at_top_level = |it: &python::Class| it.scope == Scope::Module && it.name == *name;
                definitions.classes().find(|(_, it)| at_top_level(it)).map(|(class, _)| (*module, class))
            })
            .collect()
    }

    /// The library ancestors of a class, nearest first.
    pub(crate) fn foreign_ancestors(&self, module: ModuleId, class: ClassId) -> Vec<Name> {
        let definitions = self.definitions(module);
        let Some(class) = definitions.classes.get(class.0 as usize) else { return Vec::new() };
        self.hierarchy.of(module, &class.name).map(|ancestors| ancestors.foreign.to_vec()).unwrap_or_default()
    }
}

/// `[a, b, c]` for `a.b.c`.
fn chain(exprs: &ExprArena, id: ExprId) -> Option<Vec<Name>> {
    let mut names = Vec::new();
    let mut at = id;
    for _ in 0..MAX_CHAIN {
        match exprs.list.get(at.0 as usize)? {
            Expr::Name(name) => {
                names.push(name.clone());
                names.reverse();
                return Some(names);
            }
            Expr::Attribute { value, name } => {
                names.push(name.clone());
                at = *value;
            }
            _ => return None,
        }
    }
    None
}
