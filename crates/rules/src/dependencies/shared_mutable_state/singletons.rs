//! The only instances of classes, and the containers that they keep.

use model::{ClassRole, Export, ModuleId, Target};
use python::{Arg, ClassId, Definitions, Expr, ExprId, Name, Scope, Stmt};
use view::scope::{Names, of_self};
use view::{Context, Place, checked_classes};

use super::changes::Owner;
use super::{MAKERS, State, is_container, is_container_in, keeps_state};

/// Classes of the module that it instantiates once, at module level, with the variable that holds the instance.
pub(super) fn of(definitions: &Definitions) -> Vec<(ClassId, Name)> {
    let mut found = Vec::new();
    for variable in definitions.variables.iter().filter(|it| it.scope == Scope::Module) {
        let Some(value) = variable.value else { continue };
        let Expr::Call { callee, .. } = &definitions[value] else { continue };
        let Expr::Name(name) = &definitions[*callee] else { continue };
        let class = definitions.classes().find(|(_, it)| it.scope == Scope::Module && it.name == *name);
        if let Some((class, it)) = class
            && !checked_classes::is_double(&it.name)
            && !checked_classes::assembles(&it.name)
        {
            found.push((class, variable.name.clone()));
        }
    }
    found
}

/// The containers that the only instance of a class keeps: those of its constructor, and those of its fields.
pub(super) fn containers(names: &Names<'_>, class: ClassId, variable: &Name) -> Vec<State> {
    let mut states = of_constructor(names, class, variable);
    states.extend(of_fields(names.cx, class, variable));
    states
}

/// The containers that the constructor of a class creates.
fn of_constructor(names: &Names<'_>, class: ClassId, variable: &Name) -> Vec<State> {
    let cx = names.cx;
    let definitions = &*cx.module.definitions;
    let constructor =
        definitions.functions().find(|(_, it)| it.scope == Scope::Class(class) && it.name == "__init__");
    let Some((_, constructor)) = constructor.filter(|_| keeps_state(cx, class)) else { return Vec::new() };
    let (id, body) = (constructor.body, names.body(constructor.body));
    let mut states = Vec::new();
    for stmt in &body.stmts {
        let Stmt::Assign { targets, value: Some(value), .. } = stmt else { continue };
        if !is_container_in(names, id, body, *value) {
            continue;
        }
        for target in targets {
            if let Some(name) = of_self(body, *target) {
                states.push(State {
                    owner: Owner::Class(class),
                    name: name.clone(),
                    place: Place::Expr { body: id, expr: *target },
                    singleton: Some(variable.clone()),
                });
            }
        }
    }
    states
}

/// The fields of a data class that start with a container of their own: `field(default_factory=dict)`.
fn of_fields(cx: &Context<'_>, class: ClassId, variable: &Name) -> Vec<State> {
    let definitions = &*cx.module.definitions;
    let signals = model::query::signals(cx.db, cx.file);
    let is_it = |role: Option<ClassRole>| matches!(role, Some(ClassRole::Data | ClassRole::Schema));
    let name = &definitions[class].name;
    if !signals.classes.iter().any(|it| it.name == *name && is_it(it.role)) {
        return Vec::new();
    }
    let starts = |value: ExprId| is_container(definitions, value) || is_made_for_each(definitions, value);
    let fields = definitions.variables.iter().enumerate();
    let fields = fields.filter(|(_, it)| it.scope == Scope::Class(class) && it.value.is_some_and(starts));
    fields
        .map(|(index, it)| State {
            owner: Owner::Class(class),
            name: it.name.clone(),
            place: Place::Variable(index as u32),
            singleton: Some(variable.clone()),
        })
        .collect()
}

/// Whether a field is given a function that makes a container for each instance: `field(factory=list)`, `Factory(list)`.
fn is_made_for_each(definitions: &Definitions, value: ExprId) -> bool {
    let Expr::Call { callee, args } = &definitions[value] else { return false };
    let takes_maker = definitions[*callee].last_name().is_some_and(|name| name == "Factory");
    args.iter().any(|arg| {
        let is_factory = match arg {
            Arg::Keyword(name, _) => name == "default_factory" || name == "factory",
            Arg::Positional(_) => takes_maker,
            _ => false,
        };
        is_factory && definitions[arg.value()].last_name().is_some_and(|name| MAKERS.contains(&name.as_str()))
    })
}

/// The class that a variable of a module is the instance of, and the module of the class: `state` of `state = State()`.
pub(super) fn class_of(cx: &Context<'_>, module: ModuleId, variable: &str) -> Option<(ModuleId, Name)> {
    let file = cx.file_of(module);
    let exports = model::query::exports(cx.db, file);
    let Some(Export::Variable(index)) = exports.get(variable) else { return None };
    let definitions = python::query::definitions(cx.db, file);
    let value = definitions.variables.get(index as usize)?.value?;
    let Expr::Call { callee, .. } = &definitions[value] else { return None };
    let Expr::Name(class) = &definitions[*callee] else { return None };
    matches!(exports.get(class), Some(Export::Class(_))).then(|| (module, class.clone()))
}

/// The module that a package takes one of its names from, and the name there.
pub(super) fn defined(cx: &Context<'_>, package: ModuleId, name: &Name) -> (ModuleId, Name) {
    let file = cx.file_of(package);
    let exports = model::query::exports(cx.db, file);
    let resolved = |id: python::ImportId| {
        let all = model::query::resolved(cx.db, cx.project, file);
        all.get(id.0 as usize).map(|it| it.target.clone())
    };
    if let Some(Export::Import(id)) = exports.get(name) {
        return match resolved(id) {
            Some(Target::Symbol { origin, origin_name, .. }) => (origin, origin_name),
            _ => (package, name.clone()),
        };
    }
    let has = |module: &ModuleId| {
        let offered = model::query::exports(cx.db, cx.file_of(*module));
        matches!(offered.get(name), Some(Export::Variable(_)))
    };
    let stars = exports.stars.iter().rev().filter_map(|id| match resolved(*id)? {
        Target::Module(module) => Some(module),
        _ => None,
    });
    let star = stars.filter(|_| exports.get(name).is_none()).find(has);
    (star.unwrap_or(package), name.clone())
}
