//! Resolves the names of registrations.

use std::sync::Arc;

use python::{Definitions, Expr, FunctionId, Name, ParameterKind, Scope};

use super::{Argument, Registration, Registrations, Taker};
use crate::ports::annotation::Names;
use crate::{ClassHierarchy, ClassRef, Head, InjectionPlace, InjectionSite, ModuleId};

/// The facts of other files that linking needs.
pub(crate) struct Linking<'a> {
    pub(crate) names: &'a Names<'a>,
    pub(crate) hierarchy: &'a ClassHierarchy,
    /// The dependencies that a module requests.
    pub(crate) asks: &'a dyn Fn(ModuleId) -> Arc<[InjectionSite]>,
    /// The class whose instances a function creates.
    pub(crate) made: &'a dyn Fn(ModuleId, FunctionId) -> Option<ClassRef>,
}

/// The class that a function of `module` creates an instance of; `None` if there are several.
pub(crate) fn made_by(
    names: &Names<'_>,
    module: ModuleId,
    registrations: &Registrations,
    function: FunctionId,
) -> Option<ClassRef> {
    let mut found = registrations.list.iter().filter_map(|registration| match registration {
        Registration::Made { function: of, what } if *of == function => Some(what),
        _ => None,
    });
    let only = found.next()?;
    if found.next().is_some() {
        return None;
    }
    match names.path(module, only) {
        Head::Class(class) => Some(class),
        _ => None,
    }
}

/// Pairs of a requested class and the class injected for it, sorted. The requested class needn't be an interface.
pub(crate) fn link(
    linking: &Linking<'_>,
    module: ModuleId,
    registrations: &Registrations,
) -> Vec<(ClassRef, ClassRef)> {
    let mut pairs = Vec::new();
    let definitions = (linking.names.definitions)(module);
    for registration in &registrations.list {
        let what = match registration {
            Registration::Made { what, .. }
            | Registration::Bound { what, .. }
            | Registration::Given { what, .. } => what,
        };
        let Some(made) = linking.class(module, what) else { continue };
        let mut add = |port: ClassRef| {
            if port != made {
                pairs.push((port, made.clone()));
            }
        };
        match registration {
            Registration::Made { function, .. } => {
                linking.promised(module, &definitions, *function, &made).into_iter().for_each(add);
            }
            Registration::Bound { port, .. } => {
                let port = match linking.names.path(module, port) {
                    Head::Class(class) => Some(class),
                    Head::Function(module, function) => (linking.names.supplied)(module, function),
                    _ => linking.names.contained_path(module, port),
                };
                port.into_iter().for_each(add);
            }
            Registration::Given { taker, argument, .. } => {
                linking.taken(module, taker, argument).into_iter().for_each(&mut add);
            }
        }
    }
    pairs.sort();
    pairs.dedup();
    pairs
}

impl Linking<'_> {
    /// The class that a name refers to or creates.
    fn class(&self, module: ModuleId, name: &str) -> Option<ClassRef> {
        match self.names.path(module, name) {
            Head::Class(class) => Some(class),
            Head::Function(module, function) => (self.made)(module, function),
            _ => None,
        }
    }

    /// The classes that a function creating `made` promises in its return annotation. If there are several, it could be
    /// any of them, unless the container is configured to provide it as all of them.
    fn promised(
        &self,
        module: ModuleId,
        definitions: &Definitions,
        function: FunctionId,
        made: &ClassRef,
    ) -> Vec<ClassRef> {
        let Some(returns) = definitions.functions.get(function.0 as usize).and_then(|it| it.returns) else {
            return Vec::new();
        };
        let found = self.names.promises(module, &definitions.exprs, returns);
        let gives_all = || match &definitions[returns] {
            Expr::Subscript { value, .. } => {
                definitions.exprs.decorator_name(*value) == Some("AnyOf") && found.contains(made)
            }
            _ => false,
        };
        if found.len() > 1 && !gives_all() { Vec::new() } else { found }
    }

    /// The classes that `taker` requests for this argument.
    fn taken(&self, module: ModuleId, taker: &Taker, argument: &Argument) -> Vec<ClassRef> {
        match taker {
            Taker::Named(name) => match self.names.path(module, name) {
                Head::Function(module, function) => self.by_function(module, function, 0, argument),
                Head::Class(class) => self.by_constructor(&class, false, argument),
                _ => Vec::new(),
            },
            Taker::BaseOf(class) => {
                self.by_constructor(&ClassRef::new(module, class.clone()), true, argument)
            }
        }
    }

    /// Uses the nearest class with a constructor, excluding `class` itself for a `super()` call.
    fn by_constructor(&self, class: &ClassRef, is_super: bool, argument: &Argument) -> Vec<ClassRef> {
        let inherited =
            self.hierarchy.of(class.module, &class.name).map_or(&[][..], |ancestors| &ancestors.own);
        let own = (class.module, class.name.clone());
        for (module, name) in std::iter::once(&own).chain(inherited).skip(usize::from(is_super)) {
            let definitions = (self.names.definitions)(*module);
            let Some((id, _)) =
                definitions.classes().filter(|(_, it)| it.scope == Scope::Module && it.name == *name).last()
            else {
                continue;
            };
            let is_init = |function: &python::Function| {
                function.scope == Scope::Class(id) && function.name == "__init__"
            };
            if let Some((function, _)) = definitions.functions().find(|(_, function)| is_init(function)) {
                return self.by_function(*module, function, 1, argument);
            }
            let fields: Vec<(InjectionPlace, &Name)> = definitions
                .variables
                .iter()
                .enumerate()
                .filter(|(_, field)| field.scope == Scope::Class(id) && field.annotation.is_some())
                .map(|(index, field)| {
                    (InjectionPlace::Field { class: id, variable: index as u32 }, &field.name)
                })
                .collect();
            let found = match argument {
                Argument::Position(index) => fields.get(usize::from(*index)),
                Argument::Keyword(wanted) => fields.iter().find(|(_, name)| *name == wanted),
            };
            if let Some((place, _)) = found {
                return self.at(*module, *place);
            }
        }
        Vec::new()
    }

    fn by_function(
        &self,
        module: ModuleId,
        function: FunctionId,
        skipped: usize,
        argument: &Argument,
    ) -> Vec<ClassRef> {
        let definitions = (self.names.definitions)(module);
        let Some(facts) = definitions.functions.get(function.0 as usize) else { return Vec::new() };
        let parameter = match argument {
            Argument::Position(index) => {
                let index = usize::from(*index) + skipped;
                facts
                    .parameters
                    .get(index)
                    .filter(|it| matches!(it.kind, ParameterKind::PositionalOnly | ParameterKind::Normal))
                    .map(|_| index)
            }
            Argument::Keyword(wanted) => facts.parameters.iter().position(|it| it.name == *wanted),
        };
        let Some(parameter) = parameter else { return Vec::new() };
        self.at(module, InjectionPlace::Parameter { function, parameter: parameter as u16 })
    }

    fn at(&self, module: ModuleId, place: InjectionPlace) -> Vec<ClassRef> {
        let asks = (self.asks)(module);
        let found: Vec<ClassRef> =
            asks.iter().filter(|ask| ask.place == place).map(|ask| ask.class.clone()).collect();
        // One of several, and it is unknown which.
        if found.len() > 1 { Vec::new() } else { found }
    }
}
