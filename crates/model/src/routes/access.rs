//! Access control: dependencies, decorators and classes that authenticate the caller, recognized by name.

pub(crate) mod rest;
mod words;

use python::{Arg, Definitions, Expr, ExprId, FunctionId, Name, Scope};
use rustc_hash::FxHashSet;

use super::names::{Arena, Names, Place, Thing};
use crate::ModuleId;
use words::looks_like_authentication;

/// The maximum number of functions examined for one route.
const MAX_DEPENDENCIES: usize = 64;

/// What runs before a handler.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Access {
    /// What authenticates the caller.
    pub(crate) authentication: Option<Name>,
    /// The dependency functions, in order.
    pub(crate) dependencies: Vec<(ModuleId, FunctionId)>,
    /// Whether it is open whatever the routers around it require.
    pub(crate) is_open: bool,
    /// Whether it states its permissions, so that a default of the settings doesn't count.
    pub(crate) is_said: bool,
}

impl Access {
    /// Adds the requirements of an outer router. The innermost authentication counts.
    pub(crate) fn add(&mut self, outer: &Access) {
        self.is_said |= outer.is_said;
        if self.authentication.is_none() && !self.is_open {
            self.authentication.clone_from(&outer.authentication);
            self.is_open = outer.is_open;
        }
        for dependency in &outer.dependencies {
            if !self.dependencies.contains(dependency) {
                self.dependencies.push(*dependency);
            }
        }
    }

    pub(crate) fn authenticate(&mut self, name: &str) {
        if self.authentication.is_none() {
            self.authentication = Some(name.into());
        }
    }
}

/// The dependencies in the parameters of a function, including transitive ones.
pub(crate) fn of_parameters(names: &Names<'_>, module: ModuleId, function: FunctionId) -> Access {
    let mut access = Access::default();
    let mut seen = FxHashSet::default();
    parameters(names, module, function, &mut seen, &mut access);
    access
}

/// The dependencies in a list: `dependencies=[Depends(current_user)]`.
pub(crate) fn of_list(names: &Names<'_>, list: Place) -> Access {
    let mut access = Access::default();
    let mut seen = FxHashSet::default();
    for place in elements(names, list) {
        dependency(names, place, None, &mut seen, &mut access);
    }
    access
}

/// The elements of a literal list, also through a name, and of concatenated lists.
pub(crate) fn elements(names: &Names<'_>, list: Place) -> Vec<Place> {
    let mut out = Vec::new();
    let mut left = vec![list];
    for _ in 0..32 {
        let Some(place) = left.pop() else { break };
        match names.expr(place) {
            Expr::List(elements) | Expr::Tuple(elements) | Expr::Set(elements) => {
                for id in elements {
                    match names.expr(place.at(id)) {
                        Expr::Starred(inner) => left.push(place.at(inner)),
                        _ => out.push(place.at(id)),
                    }
                }
            }
            Expr::Binary { op, left: first, right } if op == "+" => {
                left.extend([place.at(right), place.at(first)]);
            }
            Expr::Name(_) | Expr::Attribute { .. } => match names.follow(place) {
                Thing::Variable(_, Some(value)) if value != place => left.push(value),
                _ => {}
            },
            _ => {}
        }
    }
    out
}

fn parameters(
    names: &Names<'_>,
    module: ModuleId,
    function: FunctionId,
    seen: &mut FxHashSet<(ModuleId, FunctionId)>,
    access: &mut Access,
) {
    let definitions = names.definitions(module);
    let Some(it) = definitions.functions.get(function.0 as usize) else { return };
    for parameter in &it.parameters {
        let place = |id| Place { module, scope: it.scope, arena: Arena::Definitions, id };
        if let Some(default) = parameter.default {
            dependency(names, place(default), parameter.annotation.map(place), seen, access);
        }
        if let Some(annotation) = parameter.annotation {
            annotated(names, place(annotation), seen, access);
        }
    }
}

/// `Annotated[User, Depends(current_user)]`, also through an alias.
fn annotated(
    names: &Names<'_>,
    place: Place,
    seen: &mut FxHashSet<(ModuleId, FunctionId)>,
    access: &mut Access,
) {
    let mut place = place;
    for _ in 0..8 {
        match names.expr(place) {
            Expr::Name(_) | Expr::Attribute { .. } => match names.resolve(place) {
                Thing::Variable(_, Some(value)) => place = value,
                _ => return,
            },
            Expr::Subscript { value, index } => {
                let is_annotated = match names.resolve(place.at(value)) {
                    Thing::Foreign(full) => full.ends_with(".Annotated"),
                    _ => false,
                };
                if !is_annotated {
                    return;
                }
                let Expr::Tuple(parts) = names.expr(place.at(index)) else { return };
                let promised = parts.first().map(|id| place.at(*id));
                for id in parts.iter().skip(1) {
                    dependency(names, place.at(*id), promised, seen, access);
                }
                return;
            }
            _ => return,
        }
    }
}

/// `Depends(f)`, `Security(f, scopes=[...])`, `Depends()` for the annotated class.
fn dependency(
    names: &Names<'_>,
    place: Place,
    promised: Option<Place>,
    seen: &mut FxHashSet<(ModuleId, FunctionId)>,
    access: &mut Access,
) {
    let place = match names.expr(place) {
        Expr::Name(_) | Expr::Attribute { .. } => match names.follow(place) {
            Thing::Variable(_, Some(value)) => value,
            _ => return,
        },
        _ => place,
    };
    let Expr::Call { callee, args } = names.expr(place) else { return };
    let Thing::Foreign(full) = names.follow(place.at(callee)) else { return };
    let is_security = full.ends_with(".Security");
    if !is_security && !full.ends_with(".Depends") {
        return;
    }
    let first = args.iter().find_map(|arg| match arg {
        Arg::Positional(id) => Some(*id),
        Arg::Keyword(name, id) if name == "dependency" => Some(*id),
        _ => None,
    });
    let Some(asked) = first.map(|id| place.at(id)).or(promised) else { return };
    if seen.len() >= MAX_DEPENDENCIES {
        return;
    }
    let text = names.written(asked);
    let thing = match names.expr(asked) {
        Expr::Call { .. } => made_by(names, asked),
        _ => match names.follow(asked) {
            // `member = ProjectMember()`, and `Depends(member)`
            Thing::Variable(_, Some(value)) if matches!(names.expr(value), Expr::Call { .. }) => {
                made_by(names, value)
            }
            thing => thing,
        },
    };
    match thing {
        Thing::Function(module, function) => {
            if !seen.insert((module, function)) {
                return;
            }
            let definitions = names.definitions(module);
            if is_security || is_authentication(&definitions, function, &text) {
                access.authenticate(&text);
            }
            parameters(names, module, function, seen, access);
            access.dependencies.push((module, function));
        }
        Thing::Class(module, class) => {
            if is_security || looks_like_authentication(&text) {
                access.authenticate(&text);
            }
            if let Thing::Function(module, function) = names.member(module, class, "__init__")
                && seen.insert((module, function))
            {
                parameters(names, module, function, seen, access);
                access.dependencies.push((module, function));
            }
        }
        _ => {
            if is_security || looks_like_authentication(&text) {
                access.authenticate(&text);
            }
        }
    }
}

/// What is called of the result of a call: `__call__` of an instance (`ProjectMember()`), or the function that a
/// factory defines and returns (`require_role("admin")`).
fn made_by(names: &Names<'_>, call: Place) -> Thing {
    let Expr::Call { callee, .. } = names.expr(call) else { return Thing::Unknown };
    match names.follow(call.at(callee)) {
        Thing::Class(module, class) => match names.member(module, class, "__call__") {
            Thing::Function(module, function) => Thing::Function(module, function),
            _ => Thing::Unknown,
        },
        Thing::Function(module, factory) => {
            let definitions = names.definitions(module);
            let mut inner = definitions.functions().filter(|(_, it)| it.scope == Scope::Function(factory));
            match (inner.next(), inner.next()) {
                (Some((function, _)), None) => Thing::Function(module, function),
                _ => Thing::Unknown,
            }
        }
        _ => Thing::Unknown,
    }
}

/// Whether a function authenticates the caller: by its name, or because it returns a user without taking an argument
/// that identifies one.
fn is_authentication(definitions: &Definitions, function: FunctionId, text: &str) -> bool {
    if looks_like_authentication(text) {
        return true;
    }
    let it = &definitions[function];
    let Some(returns) = it.returns else { return false };
    let is_told = it.parameters.iter().any(|parameter| parameter.name.ends_with("id"));
    let gives_user = match &definitions[returns] {
        Expr::Name(name) | Expr::Attribute { name, .. } => {
            matches!(
                name.as_str(),
                "User" | "CurrentUser" | "Principal" | "Identity" | "TokenData" | "TokenPayload"
            )
        }
        _ => false,
    };
    gives_user && !is_told
}

/// The decorators of a function that authenticate the caller.
pub(crate) fn of_decorators(
    names: &Names<'_>,
    module: ModuleId,
    scope: Scope,
    decorators: &[ExprId],
) -> Access {
    let mut access = Access::default();
    for id in decorators {
        let place = Place { module, scope, arena: Arena::Definitions, id: *id };
        let callee = match names.expr(place) {
            Expr::Call { callee, .. } => place.at(callee),
            _ => place,
        };
        let text = names.written(callee);
        let last = text.rsplit('.').next().unwrap_or_default();
        if last == "permission_classes" || last == "authentication_classes" {
            if let Expr::Call { args, .. } = names.expr(place)
                && let Some(first) = args.first()
            {
                let list = rest::of_list(names, place.at(first.value()));
                access.is_said |= list.is_said && last == "permission_classes";
                access.add(&Access { is_said: false, ..list });
            }
        } else if looks_like_authentication(last) {
            access.authenticate(&names.written(place));
        }
    }
    access
}

/// Wrappers around a view that authenticate the caller: `login_required(View.as_view())`.
pub(crate) fn of_wrapper(name: &str) -> Access {
    let mut access = Access::default();
    let last = name.rsplit('.').next().unwrap_or_default();
    if looks_like_authentication(last) {
        access.authenticate(name);
    }
    access
}

/// The requirements of a class: `permission_classes`, `method_decorators`, `guards`, `decorators`, and mixins.
pub(crate) fn of_class(names: &Names<'_>, module: ModuleId, class: python::ClassId) -> Access {
    const LISTS: [&str; 5] =
        ["permission_classes", "guards", "decorators", "method_decorators", "authentication_classes"];
    let mut access = rest::of_hook(names, module, class).unwrap_or_default();
    let is_hooked = access.is_said;
    for name in LISTS.into_iter().filter(|_| !is_hooked) {
        if let Thing::Variable(_, Some(value)) = names.member(module, class, name) {
            let list = rest::of_list(names, value);
            if name == "permission_classes" {
                access.is_said = list.is_said;
            }
            access.add(&Access { is_said: false, ..list });
        }
    }
    let mixin = |name: &str| {
        let last = name.rsplit('.').next().unwrap_or_default();
        (last.ends_with("Mixin") && looks_like_authentication(last)).then(|| last.to_owned())
    };
    let own = names.ancestors(module, class);
    let of_project = own.iter().filter_map(|(module, class)| {
        names.definitions(*module).classes.get(class.0 as usize).and_then(|it| mixin(&it.name))
    });
    let of_others = names.foreign_ancestors(module, class);
    let found = of_project.chain(of_others.iter().filter_map(|name| mixin(name))).next();
    if let Some(found) = found {
        access.authenticate(&found);
    }
    access
}
