//! Which names a module and its functions bind: an import may only move where its names keep their meaning.

use python::{Body, BodyId, BodyOwner, Expr, ExprId, FunctionId, ImportId, ImportKind, Name, Scope, Stmt};

use rustc_hash::FxHashSet;
use view::Context;

/// Whether the name that `import` binds can be bound at module level instead.
pub(super) fn can_move_to_top_level(cx: &Context<'_>, import: ImportId) -> bool {
    let Some(view) = cx.import(import) else { return false };
    let (Some(name), Scope::Function(function)) = (view.import.bound_name(), view.import.context.scope)
    else {
        return false;
    };
    !means_something_everywhere(name)
        && !has_star(cx)
        && !module_binds_otherwise(cx, name, import)
        && !functions_bind_otherwise(cx, function, name, import)
}

/// Whether an unconditional module-level import already binds the name of `import` to the same object.
pub(super) fn is_at_top_level(cx: &Context<'_>, import: ImportId) -> bool {
    let Some(wanted) = cx.import(import) else { return false };
    cx.imports().any(|view| {
        let context = view.import.context;
        context.scope == Scope::Module
            && context.at_import_time()
            && !context.conditional
            && !context.optional
            && view.import.bound_name() == wanted.import.bound_name()
            && view.import.kind == wanted.import.kind
            && view.resolved.absolute == wanted.resolved.absolute
    })
}

/// Whether anything in the module binds `name`, at module level or in a function, or Python does.
pub(super) fn is_bound(cx: &Context<'_>, name: &str) -> bool {
    means_something_everywhere(name)
        || has_star(cx)
        || cx.imports().any(|view| view.import.bound_name() == Some(name))
        || cx.module.bodies.list.iter().any(|body| bindings(cx, body).any(|(bound, _)| bound == name))
        || cx
            .module
            .definitions
            .functions
            .iter()
            .any(|function| function.parameters.iter().any(|parameter| parameter.name == name))
}

/// All names for which [`is_bound`] holds, except built-in ones; `None` if a star import may bind any.
pub(crate) fn bound_names(cx: &Context<'_>) -> Option<FxHashSet<Name>> {
    if has_star(cx) {
        return None;
    }
    let imported = cx.module.imports.list.iter().filter_map(|import| import.bound_name().map(Name::from));
    let in_bodies = cx.module.bodies.list.iter().flat_map(|body| bindings(cx, body)).map(|(name, _)| name);
    let functions = cx.module.definitions.functions.iter();
    let parameters = functions.flat_map(|function| function.parameters.iter()).map(|it| it.name.clone());
    Some(imported.chain(in_bodies).chain(parameters).collect())
}

/// Whether anything but imports binds `name`, anywhere in the module.
pub(super) fn is_bound_otherwise(cx: &Context<'_>, name: &str) -> bool {
    let binds = |body: &Body| {
        body.declares_global(name) || bindings(cx, body).any(|(bound, by)| bound == name && by.is_none())
    };
    cx.module.bodies.list.iter().any(|body| binds(body))
        || cx
            .module
            .definitions
            .functions
            .iter()
            .any(|function| function.parameters.iter().any(|parameter| parameter.name == name))
}

/// Whether Python, or the module `site`, binds a name everywhere.
pub(crate) fn is_builtin_name(name: &str) -> bool {
    means_something_everywhere(name)
}

fn has_star(cx: &Context<'_>) -> bool {
    cx.module
        .imports
        .list
        .iter()
        .any(|import| import.kind == ImportKind::Star && import.context.function.is_none())
}

/// Whether the module itself binds `name` to anything but what `import` imports, or a function rebinds it as a global.
fn module_binds_otherwise(cx: &Context<'_>, name: &str, import: ImportId) -> bool {
    let Some(wanted) = cx.import(import) else { return true };
    let by_import = cx.imports().any(|view| {
        let context = view.import.context;
        context.scope == Scope::Module
            && view.import.bound_name() == Some(name)
            && !binds_the_same(wanted, view)
    });
    let own = cx.module.bodies.list.first();
    by_import
        || own.is_some_and(|body| bindings(cx, body).any(|(bound, by)| bound == name && by.is_none()))
        || cx.module.bodies.list.iter().any(|body| body.declares_global(name))
}

fn binds_the_same(a: view::ImportView<'_>, b: view::ImportView<'_>) -> bool {
    let is_package =
        |view: view::ImportView<'_>| view.import.kind == ImportKind::Module && view.import.alias.is_none();
    // `import a.b` and `import a.c` both bind the package `a`.
    is_package(a) && is_package(b)
        || a.resolved.absolute == b.resolved.absolute && is_package(a) == is_package(b)
}

/// Whether the function, or one around it, binds `name` other than by imports of the same object.
fn functions_bind_otherwise(cx: &Context<'_>, function: FunctionId, name: &str, import: ImportId) -> bool {
    let Some(wanted) = cx.import(import) else { return true };
    let mut scope = Scope::Function(function);
    loop {
        let id = match scope {
            Scope::Module => return false,
            Scope::Class(id) => {
                scope = cx.module.definitions[id].scope;
                continue;
            }
            Scope::Function(id) => id,
        };
        let definition = &cx.module.definitions[id];
        if definition.parameters.iter().any(|parameter| parameter.name == name) {
            return true;
        }
        let Some(body) = body_of(cx, id) else { return true };
        let rebinds = bindings(cx, body).any(|(bound, by)| {
            bound == name
                && by.is_none_or(|by| cx.import(by).is_none_or(|view| !binds_the_same(wanted, view)))
        });
        if rebinds || body.declares_global(name) {
            return true;
        }
        scope = definition.scope;
    }
}

/// The body of a function.
pub(super) fn body_of<'c>(cx: &'c Context<'_>, function: FunctionId) -> Option<&'c Body> {
    let BodyId(index) = cx.module.definitions[function].body;
    let body = cx.module.bodies.list.get(index as usize)?;
    (body.owner == BodyOwner::Function(function)).then_some(body)
}

/// The names that a body binds in its own scope, each with the import that binds it, if any.
fn bindings<'c>(cx: &'c Context<'_>, body: &'c Body) -> impl Iterator<Item = (Name, Option<ImportId>)> {
    let by_walrus = body.exprs.list.iter().filter_map(|expr| match expr {
        Expr::Walrus { target, .. } => Some((target.clone(), None)),
        _ => None,
    });
    body.stmts.iter().flat_map(|stmt| bound_by(cx, body, stmt)).chain(by_walrus)
}

fn bound_by(cx: &Context<'_>, body: &Body, stmt: &Stmt) -> Vec<(Name, Option<ImportId>)> {
    let mut targets: Vec<ExprId> = Vec::new();
    let mut names: Vec<(Name, Option<ImportId>)> = Vec::new();
    match stmt {
        Stmt::Assign { targets: left, .. } => targets.extend(left),
        Stmt::AugAssign { target, .. } | Stmt::For { target, .. } => targets.push(*target),
        Stmt::With { items, .. } => targets.extend(items.iter().filter_map(|item| item.target)),
        Stmt::Delete(deleted) => targets.extend(deleted),
        Stmt::Try { handlers, .. } => {
            names.extend(handlers.iter().filter_map(|handler| Some((handler.name.clone()?, None))));
        }
        Stmt::Match { cases, .. } => {
            names.extend(
                cases.iter().flat_map(|case| case.pattern.bindings.iter().cloned()).map(|name| (name, None)),
            );
        }
        Stmt::Function(id) => names.push((cx.module.definitions[*id].name.clone(), None)),
        Stmt::Class(id) => names.push((cx.module.definitions[*id].name.clone(), None)),
        Stmt::TypeAlias { name, .. } => names.push((name.clone(), None)),
        Stmt::Import(ids) => names.extend(ids.iter().filter_map(|id| {
            let import = cx.module.imports.list.get(id.0 as usize)?;
            Some((Name::from(import.bound_name()?), Some(*id)))
        })),
        _ => {}
    }
    while let Some(target) = targets.pop() {
        match &body[target] {
            Expr::Name(name) => names.push((name.clone(), None)),
            Expr::Tuple(items) | Expr::List(items) => targets.extend(items),
            Expr::Starred(inner) => targets.push(*inner),
            _ => {}
        }
    }
    names
}

/// Whether a module-level binding of the name would affect code far from the import: built-in names, and those that
/// `site` adds.
fn means_something_everywhere(name: &str) -> bool {
    model::is_builtin(name) || matches!(name, "exit" | "quit")
}
