//! Changes to a container from other modules.

use std::sync::Arc;

use config::Layer;
use model::{Export, ModuleId, PathRole, Project, Target};
use python::{ClassId, Expr, ExprId, FunctionId, Name, Scope};
use source::File;
use view::scope::Names;
use view::{Context, Db, checked_classes};

use super::changes::{MUTATORS, Owner, changes};
use super::{import_time, may_change, singletons};

/// One change to a variable of another module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Outside {
    /// The module that owns the variable.
    pub(super) module: ModuleId,
    /// The variable.
    pub(super) name: Name,
    /// The function that changes it.
    pub(super) function: FunctionId,
    /// Its full name.
    pub(super) by: Name,
    /// Whether it only memoizes, or removes something.
    pub(super) is_cache: bool,
}

/// The changes that modules of the inner layers and routes make to the containers `states` of the module checked, some
/// of which `instances` keep, with the file of each.
pub(super) fn of_own(cx: &Context<'_>, states: &[&Name], instances: &[&Name]) -> Vec<(File, Outside)> {
    let mut found = Vec::new();
    let importers = importers(cx);
    for importer in importers.iter().copied() {
        let file = cx.file_of(importer);
        if importer == cx.id || !is_checked(cx.layer(importer)) {
            continue;
        }
        let takes = |target: &Target| match target {
            Target::Module(module) => {
                *module == cx.id || (importers.contains(module) && hands_on(cx, *module))
            }
            Target::Symbol { origin, origin_name, .. } => {
                *origin == cx.id
                    && (instances.contains(&origin_name)
                        || states.iter().any(|state| is_or_is_of(state, origin_name)))
            }
            _ => false,
        };
        let resolved = model::query::resolved(cx.db, cx.project, file);
        if !resolved.iter().any(|it| takes(&it.target)) {
            continue;
        }
        let all = outside(cx.db, cx.project, file);
        let of_it = all.iter().filter(|change| change.module == cx.id && states.contains(&&change.name));
        found.extend(of_it.map(|change| (file, change.clone())));
    }
    found.dedup();
    found
}

/// The modules that import the checked one, also from a package that only hands its names on.
fn importers(cx: &Context<'_>) -> Vec<ModuleId> {
    let graph = &cx.architecture.graph;
    let mut found: Vec<ModuleId> = graph.importers(cx.id).iter().map(|edge| edge.to).collect();
    let mut next = 0;
    while let Some(at) = found.get(next).copied() {
        next += 1;
        if hands_on(cx, at) {
            for edge in graph.importers(at) {
                if !found.contains(&edge.to) {
                    found.push(edge.to);
                }
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Whether a module is a package without code of its own.
fn hands_on(cx: &Context<'_>, id: ModuleId) -> bool {
    cx.architecture.modules[id].is_package && model::query::signals(cx.db, cx.file_of(id)).is_hollow()
}

/// Classes of the checked module that another one instantiates once, at its top level: `todos = TodoService()`.
pub(super) fn singletons(cx: &Context<'_>) -> Vec<(ClassId, Name)> {
    let own = &*cx.module.definitions;
    let mut found: Vec<(ClassId, Name)> = Vec::new();
    // Only a constructor gives an instance what it keeps: without one, no importer has to be looked at.
    if !own.functions.iter().any(|it| it.name == "__init__" && matches!(it.scope, Scope::Class(_))) {
        return found;
    }
    for edge in cx.architecture.graph.importers(cx.id) {
        if edge.to == cx.id || cx.architecture.modules[edge.to].role != PathRole::Code {
            continue;
        }
        let file = cx.file_of(edge.to);
        let definitions = python::query::definitions(cx.db, file);
        let imports = python::query::imports(cx.db, file);
        let resolved = model::query::resolved(cx.db, cx.project, file);
        for ((_, import), resolved) in imports.iter().zip(resolved.iter()) {
            let Target::Symbol { origin, origin_name, .. } = &resolved.target else { continue };
            let (Some(bound), Some(class)) = (import.bound_name(), own.class_named(origin_name)) else {
                continue;
            };
            if *origin != cx.id || !import.context.at_import_time() {
                continue;
            }
            let makes = |value: ExprId| {
                matches!(&definitions[value], Expr::Call { callee, .. }
                    if matches!(&definitions[*callee], Expr::Name(name) if name == bound))
            };
            let made = definitions
                .variables
                .iter()
                .find(|it| it.scope == Scope::Module && it.value.is_some_and(makes));
            let facts = &own[class];
            if let Some(made) = made
                && !checked_classes::is_double(&facts.name)
                && !checked_classes::assembles(&facts.name)
                && !found.iter().any(|(known, _)| *known == class)
            {
                found.push((class, made.name.clone()));
            }
        }
    }
    found
}

/// The layers whose code must not keep state.
pub(super) fn is_checked(layer: Option<Layer>) -> bool {
    matches!(layer, Some(Layer::Application | Layer::Domain | Layer::Presentation))
}

/// The changes that the functions of a file make to other modules' variables while the program runs.
#[salsa::tracked(returns(clone))]
fn outside(db: &dyn Db, project: Project, file: File) -> Arc<[Outside]> {
    let Some(cx) = view::query::context(db, project, file) else { return Arc::new([]) };
    if !seems_to_change(&cx) {
        return Arc::new([]);
    }
    let names = Names::of(&cx);
    let mut early = None;
    let handlers = import_time::handlers(&cx);
    let allowed = super::allowed(&cx);
    let mut found = Vec::new();
    for change in changes(&names) {
        let Owner::Elsewhere(module) = change.owner else { continue };
        let function = &cx.module.definitions[change.function];
        if !is_variable(&cx, module, &change.name)
            || (may_change(&allowed, function.name.trim_matches('_')) && !handlers.contains(&change.function))
            || early.get_or_insert_with(|| import_time::functions(&names)).contains(&change.function)
        {
            continue;
        }
        found.push(Outside {
            module,
            name: change.name,
            function: change.function,
            by: format!("{}.{}", cx.own_name(), cx.qualified(change.function)).into(),
            is_cache: change.is_memo || change.is_removal,
        });
    }
    found.into()
}

/// Whether `state` is the variable `name`, or one of the class `name`.
fn is_or_is_of(state: &str, name: &str) -> bool {
    state.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

fn is_variable(cx: &Context<'_>, module: ModuleId, name: &Name) -> bool {
    if let Some((class, _)) = name.split_once('.') {
        // What a constructor makes is no variable of the class.
        return is_class(cx, module, class);
    }
    let exports = model::query::exports(cx.db, cx.file_of(module));
    matches!(exports.get(name), Some(Export::Variable(_)))
}

/// Whether an import takes a class of the project, on which a function might change a variable.
fn is_class(cx: &Context<'_>, module: ModuleId, name: &str) -> bool {
    let exports = model::query::exports(cx.db, cx.file_of(module));
    matches!(exports.get(name), Some(Export::Class(_)))
}

/// Whether the text seems to change anything that it imports. A textual approximation: most modules import only
/// constants, and reading them would be wasted.
fn seems_to_change(cx: &Context<'_>) -> bool {
    let text = cx.text.as_str();
    let imports = python::query::imports(cx.db, cx.file);
    imports.list.iter().zip(cx.resolved.iter()).any(|(import, resolved)| {
        let is_module = match &resolved.target {
            Target::Module(_) => true,
            Target::Symbol { origin, origin_name, .. } if is_variable(cx, *origin, origin_name) => {
                singletons::class_of(cx, *origin, origin_name).is_some()
            }
            Target::Symbol { origin, origin_name, .. } if is_class(cx, *origin, origin_name) => true,
            _ => return false,
        };
        let name = if import.binds_first() { Some(import.module.as_str()) } else { import.bound_name() };
        name.is_some_and(|name| changes_in_text(text, name, is_module))
    })
}

/// Whether a line looks like a change to `name`, or to a variable of the module `name`.
fn changes_in_text(text: &str, name: &str, is_module: bool) -> bool {
    text.lines().any(|line| {
        line.match_indices(name).any(|(at, _)| {
            let (before, rest) = line.split_at_checked(at).unwrap_or_default();
            let Some(rest) = rest.strip_prefix(name).filter(|_| !before.ends_with(is_word)) else {
                return false;
            };
            seems_changed(before, rest)
                || (is_module && attributes(rest).any(|rest| seems_changed(before, rest)))
        })
    })
}

/// What follows the first attribute, the second, and so on: `[name]` after `state.orders` and after `state.today.orders`.
fn attributes(rest: &str) -> impl Iterator<Item = &str> {
    let mut at = rest;
    std::iter::from_fn(move || {
        at = at.strip_prefix('.')?.trim_start_matches(is_word);
        Some(at)
    })
}

fn seems_changed(before: &str, rest: &str) -> bool {
    let is_call = rest.strip_prefix('.').is_some_and(|method| {
        MUTATORS.iter().any(|it| method.strip_prefix(it).is_some_and(|args| args.starts_with('(')))
    });
    let is_entry = rest.starts_with('[')
        && (rest.contains("] =")
            || rest.contains("]=")
            || rest.contains("= ")
            || before.trim_start().starts_with("del ")
            || MUTATORS.iter().any(|it| rest.contains(it)));
    // `eggs = memory.eggs`: the local name may be what changes.
    let is_alias = rest.trim().is_empty() && before.trim_end().ends_with('=');
    is_call || is_entry || is_alias || rest.trim_start().starts_with("+=")
}

fn is_word(char: char) -> bool {
    char.is_alphanumeric() || char == '_'
}

#[cfg(test)]
mod tests {
    use super::changes_in_text;

    #[test]
    fn lines_that_seem_to_change_something() {
        let table = [
            ("    orders[name] = 2", "orders", false, true),
            ("    orders.append(name)", "orders", false, true),
            ("    del orders[name]", "orders", false, true),
            ("    state.orders[name] += 1", "state", true, true),
            ("    kept = state.orders", "state", true, true),
            ("    memory.state.orders.append(name)", "memory", true, true),
            ("    return memory.state.orders[name]", "memory", true, false),
            ("    return orders[name]", "orders", false, false),
            ("    return preorders.pop(name)", "orders", false, false),
            ("    return orders.get(name)", "orders", false, false),
        ];
        for (line, name, is_module, expected) in table {
            assert_eq!(changes_in_text(line, name, is_module), expected, "{line}");
        }
    }
}
