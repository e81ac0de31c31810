//! Whether the names of an import keep their meaning everywhere if it moves to the top level: replaced by tests, bound
//! anew, hidden by another definition, read as a whole.

use flow::import_time::Table;
use model::{Export, Head, ModuleId, Target};
use python::{Body, BodyOwner, Expr, ExprId, Import, ImportKind, Name, Scope, Stmt, Variable};
use view::{Context, ImportView};

use super::Hidden;
use super::verdict::{Verdict, review};

/// Reasons against the move in the meaning of its names elsewhere.
pub(super) fn by_its_names(cx: &Context<'_>, hidden: &Hidden<'_>) -> Option<Verdict> {
    let table = flow::query::import_table(cx.db, cx.project);
    for view in &hidden.imports {
        let Some(name) = view.import.bound_name() else { continue };
        // If the text has syntax errors, definitions may be missing from the facts.
        if defines_in_text(cx.text.as_str(), name) {
            return Some(review(format!("`{name}` seems to be defined in the module too")));
        }
        if let Target::Symbol { module, name, .. } = &view.resolved.target {
            let full = format!("{}.{name}", cx.module_name(*module));
            if cx.architecture.modules.by_name(&full, cx.info().root).is_some() {
                return Some(review(format!(
                    "`{full}` is a module too, and what was loaded decides which of them it is"
                )));
            }
        }
        if let Some(package) = may_lack(cx, view) {
            return Some(review(format!("`{package}` binds `{name}` under a condition only")));
        }
        if fetches_variable(cx, view, &table) {
            return Some(review(format!("`{name}` is bound anew while the program runs")));
        }
        if let Some(place) = patched(cx, view) {
            return Some(review(format!(
                "`{place}` is replaced elsewhere, as by tests, which would no longer be seen here"
            )));
        }
        if let Some(other) = bound_to_another(cx, view) {
            return Some(review(format!("`{name}` is also imported from `{other}`")));
        }
        if binds_as_target(cx, name) {
            return Some(review(format!("`{name}` is the variable of a loop elsewhere in the module")));
        }
    }
    if let Some(call) = looks_at_names(cx, hidden) {
        return Some(review(format!("the code calls `{call}()`, which sees its names")));
    }
    if let Some(importer) = taken_by_star(cx) {
        return Some(review(format!("`{importer}` imports all names of this module")));
    }
    None
}

/// The module of an import that binds the name only under a condition, or for type checkers alone: at import time the
/// name may be missing.
fn may_lack<'c>(cx: &'c Context<'_>, view: &ImportView<'_>) -> Option<&'c str> {
    let Target::Symbol { module, name, origin, origin_name } = &view.resolved.target else { return None };
    let lacks = |module: ModuleId, name: &Name| {
        let file = cx.file_of(module);
        let export = model::query::exports(cx.db, file).get(name)?;
        if let Export::Import(id) = export {
            let context = python::query::imports(cx.db, file).list.get(id.0 as usize)?.context;
            return (context.type_checking || context.conditional).then(|| cx.module_name(module));
        }
        let bodies = python::query::bodies(cx.db, file);
        let body = bodies.list.first()?;
        let is_sure = body.root.iter().any(|id| match (&body[*id], export) {
            (Stmt::Class(own), Export::Class(class)) => *own == class,
            (Stmt::Function(own), Export::Function(function)) => *own == function,
            (_, Export::Variable(_)) => true,
            _ => false,
        });
        (!is_sure).then(|| cx.module_name(module))
    };
    lacks(*module, name).or_else(|| lacks(*origin, origin_name))
}

/// Whether a line starts a top-level definition of `name`, judging by the text.
fn defines_in_text(text: &str, name: &str) -> bool {
    text.lines().any(|line| {
        let defined = ["def ", "class ", "async def "].iter().find_map(|word| line.strip_prefix(word));
        let after =
            |text: &str| text.trim_start().strip_prefix(name).map(|rest| rest.trim_start().to_owned());
        match defined {
            Some(rest) => after(rest).is_some_and(|rest| rest.starts_with(['(', ':', '['])),
            None => {
                line.starts_with(name)
                    && after(line).is_some_and(|it| it.starts_with('=') && !it.starts_with("=="))
            }
        }
    })
}

/// Whether a name of the import is a variable that its module, or the program, binds more than once.
fn fetches_variable(cx: &Context<'_>, view: &ImportView<'_>, table: &Table) -> bool {
    let Target::Symbol { origin, origin_name, module, name } = &view.resolved.target else { return false };
    if table.is_rebound(*origin, origin_name) || table.is_rebound(*module, name) {
        return true;
    }
    let file = cx.file_of(*origin);
    match model::query::exports(cx.db, file).get(origin_name) {
        Some(Export::Class(_) | Export::Function(_) | Export::Import(_)) => false,
        Some(Export::Variable(_)) => {
            let bound_at_top_level = |variable: &&Variable| {
                variable.name == *origin_name && variable.scope == Scope::Module && variable.value.is_some()
            };
            python::query::definitions(cx.db, file).variables.iter().filter(bound_at_top_level).count() != 1
        }
        None => !origin_name.is_empty(),
    }
}

/// The full name that tests replace where the import looks it up on each call.
fn patched(cx: &Context<'_>, view: &ImportView<'_>) -> Option<String> {
    let (module, name): (ModuleId, Name) = match &view.resolved.target {
        Target::Symbol { module, name, .. } => (*module, name.clone()),
        // `from shop import orders` where tests replace `shop.orders` as a whole.
        Target::Module(target) if view.import.kind == ImportKind::From => {
            let info = &cx.architecture.modules[*target];
            let (package, name) = info.name.rsplit_once('.')?;
            (cx.architecture.modules.by_name(package, info.root)?, name.into())
        }
        _ => return None,
    };
    let is_patched = model::query::is_patched(cx.db, cx.project, module, name.clone());
    is_patched.then(|| format!("{}.{name}", cx.module_name(module)))
}

/// Where another import of the module takes the same name from, for something else: at the top level one of the two would
/// hide the other.
fn bound_to_another<'c>(cx: &'c Context<'_>, view: &ImportView<'_>) -> Option<&'c str> {
    let name = view.import.bound_name();
    // `import shop.a` and `import shop.b` both bind `shop`.
    let binds_package = |import: &Import| import.kind == ImportKind::Module && import.alias.is_none();
    let thing = |id| model::query::imported(cx.db, cx.project, cx.id, id);
    let other = cx.imports().find(|other| {
        other.import.bound_name() == name
            && other.resolved.absolute != view.resolved.absolute
            && !(binds_package(view.import) && binds_package(other.import))
            && (thing(other.id) == Head::Unknown || thing(other.id) != thing(view.id))
    })?;
    let absolute = other.resolved.absolute.as_str();
    Some(match other.import.kind {
        ImportKind::From => absolute.rsplit_once('.').map_or(absolute, |(module, _)| module),
        ImportKind::Module | ImportKind::Star | ImportKind::Dynamic => absolute,
    })
}

/// Whether a loop, a comprehension, a handler or a `with` statement anywhere in the module binds `name`.
fn binds_as_target(cx: &Context<'_>, name: &str) -> bool {
    let is_in = |body: &Body, target: ExprId| {
        let mut open = vec![target];
        while let Some(target) = open.pop() {
            match &body[target] {
                Expr::Name(bound) if bound == name => return true,
                Expr::Tuple(items) | Expr::List(items) => open.extend(items),
                Expr::Starred(inner) => open.push(*inner),
                _ => {}
            }
        }
        false
    };
    cx.module.bodies.list.iter().any(|body| {
        let by_statement = body.stmts.iter().any(|stmt| match stmt {
            Stmt::For { target, .. } => is_in(body, *target),
            Stmt::With { items, .. } => {
                items.iter().filter_map(|item| item.target).any(|target| is_in(body, target))
            }
            Stmt::Try { handlers, .. } => handlers.iter().any(|it| it.name.as_deref() == Some(name)),
            _ => false,
        });
        by_statement
            || body.exprs.list.iter().any(|expr| match expr {
                Expr::Comprehension { clauses, .. } => {
                    clauses.iter().any(|clause| is_in(body, clause.target))
                }
                _ => false,
            })
    })
}

/// A call that reads the names of the function, or of the module, as they are bound.
fn looks_at_names(cx: &Context<'_>, hidden: &Hidden<'_>) -> Option<Name> {
    let of_module = ["globals", "exec", "eval", "vars"];
    cx.module.bodies.list.iter().find_map(|body| {
        let is_own = body.owner == BodyOwner::Function(hidden.function);
        body.exprs.list.iter().find_map(|expr| {
            let Expr::Call { callee, .. } = expr else { return None };
            let Expr::Name(name) = &body[*callee] else { return None };
            (of_module.contains(&name.as_str()) || is_own && matches!(name.as_str(), "locals" | "dir"))
                .then(|| name.clone())
        })
    })
}

/// A module that imports `*` from this one, and would receive the new name as its own.
fn taken_by_star<'c>(cx: &'c Context<'_>) -> Option<&'c str> {
    if cx.module.definitions.all.is_some() {
        return None;
    }
    let importers = cx.architecture.graph.importers(cx.id);
    importers.iter().map(|edge| edge.to).find_map(|importer| {
        let file = cx.file_of(importer);
        let imports = python::query::imports(cx.db, file);
        let resolved = model::query::resolved(cx.db, cx.project, file);
        let takes =
            imports.list.iter().zip(resolved.iter()).any(|(import, resolved)| {
                import.kind == ImportKind::Star && resolved.module() == Some(cx.id)
            });
        takes.then(|| cx.module_name(importer))
    })
}
