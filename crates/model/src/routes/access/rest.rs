//! What Django REST framework asks for: `permission_classes`, `get_permissions`, and the default in the settings.

use python::{Expr, FunctionId, Literal, Scope};

use super::{Access, elements};
use crate::ModuleId;
use crate::routes::facts::RETURNED;
use crate::routes::names::{Arena, Names, Place, Thing};
use crate::routes::{Framework, RouteItem, tree::Tree};

/// The name of the method that returns the permissions of a view.
pub(crate) const HOOK: &str = "get_permissions";

/// The classes or functions in a list, unless they permit everyone.
pub(crate) fn of_list(names: &Names<'_>, list: Place) -> Access {
    let listed = elements(names, list);
    let is_empty = matches!(names.expr(list), Expr::List(parts) | Expr::Tuple(parts) if parts.is_empty());
    let mut access = Access { is_said: is_empty || !listed.is_empty(), ..Access::default() };
    let written: Vec<String> = listed
        .into_iter()
        .map(|place| match names.expr(place) {
            // `IsAuthenticated()`
            Expr::Call { callee, .. } => names.written(place.at(callee)),
            _ => names.written(place),
        })
        .filter(|text| !text.ends_with("AllowAny") && !text.is_empty())
        .collect();
    if !written.is_empty() {
        access.authenticate(&written.join(", "));
    }
    access
}

/// What a class returns from `get_permissions`; `None` if it leaves that to the library.
pub(super) fn of_hook(names: &Names<'_>, module: ModuleId, class: python::ClassId) -> Option<Access> {
    let Thing::Function(owner, function) = names.member(module, class, HOOK) else { return None };
    let mut lists = Vec::new();
    let mut is_unknown = false;
    for value in bound(names, owner, function, |name| name == RETURNED) {
        let is_literal = !elements(names, value).is_empty() || matches!(names.expr(value), Expr::List(_));
        if is_literal {
            lists.push(value);
        } else if !is_inherited(names, value) {
            // Its branches make the list: `permissions = [IsAdmin]`.
            let made = bound(names, owner, function, |name| name != RETURNED);
            is_unknown |= made.is_empty();
            lists.extend(made);
        }
    }
    let all: Vec<Access> = lists.into_iter().map(|list| of_list(names, list)).collect();
    let is_open = all.iter().any(|it| it.authentication.is_none());
    let mut asked: Vec<&str> = Vec::new();
    for name in all.iter().filter_map(|it| it.authentication.as_deref()).flat_map(|it| it.split(", ")) {
        if !asked.contains(&name) {
            asked.push(name);
        }
    }
    let mut access = Access { is_said: true, ..Access::default() };
    match (is_open, asked.is_empty()) {
        // For one of its actions at least.
        (true, _) => {}
        (false, false) => access.authenticate(&asked.join(", ")),
        (false, true) if is_unknown => access.authenticate(HOOK),
        (false, true) => return None,
    }
    Some(access)
}

/// The lists and returned values that a function binds.
fn bound(
    names: &Names<'_>,
    module: ModuleId,
    function: FunctionId,
    is_it: impl Fn(&str) -> bool,
) -> Vec<Place> {
    let facts = names.facts(module);
    let of_function = facts.items.iter().filter_map(|item| match item {
        RouteItem::Bind { scope, name, value, is_each: false }
            if *scope == Scope::Function(function) && is_it(name) =>
        {
            Some(Place { module, scope: *scope, arena: Arena::Facts, id: *value })
        }
        _ => None,
    });
    of_function.collect()
}

/// Whether a value is what the library would take: `super().get_permissions()`, or made of `self.permission_classes`.
fn is_inherited(names: &Names<'_>, value: Place) -> bool {
    names.with(value, |exprs, id| {
        let mut open = vec![id];
        while let Some(at) = open.pop() {
            let Some(expr) = exprs.list.get(at.0 as usize) else { continue };
            if matches!(expr, Expr::Attribute { name, .. } if name == HOOK || name == "permission_classes") {
                return true;
            }
            expr.for_each_child(|child| open.push(child));
        }
        false
    })
}

/// Adds the default of the settings to the views that state no permissions.
pub(crate) fn add_defaults(tree: &mut Tree<'_>) {
    let is_without = |access: &Access| access.authentication.is_none() && !access.is_said;
    let is_rest = |framework| framework == Framework::DjangoRest;
    if !tree.entries.iter().any(|it| is_rest(it.framework) && is_without(&it.access)) {
        return;
    }
    let Some(default) = default(tree.names) else { return };
    for entry in tree.entries.iter_mut().filter(|it| is_rest(it.framework) && is_without(&it.access)) {
        entry.access.authenticate(&default);
    }
}

/// What all settings of the library ask for by default.
fn default(names: &Names<'_>) -> Option<String> {
    let mut found = None;
    let modules: Vec<ModuleId> = names.resolver.modules.iter().map(|(id, _)| id).collect();
    for module in modules.into_iter().filter(|id| names.is_code(*id)) {
        if names.resolver.lookup.exports(module).get("REST_FRAMEWORK").is_none() {
            continue;
        }
        let Thing::Variable(_, Some(settings)) = names.at_top_level(module, "REST_FRAMEWORK", 0) else {
            continue;
        };
        let Expr::Dict(entries) = names.expr(settings) else { continue };
        let is_it = |key: python::ExprId| matches!(names.expr(settings.at(key)), Expr::Literal(Literal::Str(key)) if key == "DEFAULT_PERMISSION_CLASSES");
        let said = entries.iter().find(|(key, _)| key.is_some_and(is_it));
        // The rest of one that adds to another is that of the other.
        if said.is_none() && entries.iter().any(|(key, _)| key.is_none()) {
            continue;
        }
        found = Some(asked(names, settings.at(said?.1))?);
    }
    found
}

/// The last names of the classes that a list of settings names.
fn asked(names: &Names<'_>, list: Place) -> Option<String> {
    let classes = elements(names, list).into_iter().map(|place| match names.expr(place) {
        Expr::Literal(Literal::Str(dotted)) => dotted.to_string(),
        _ => names.written(place),
    });
    let classes: Vec<String> = classes
        .map(|it| it.rsplit('.').next().unwrap_or_default().to_owned())
        .filter(|it| !it.is_empty() && it != "AllowAny")
        .collect();
    (!classes.is_empty()).then(|| classes.join(", "))
}
