//! Whether the new module comes to import what it can't: the old one, which does more than define when it is imported, or
//! more of a library that loads it by a name in the settings.

use model::{EdgeKind, ModuleId, Target};
use python::{Expr, Name, Stmt};
use view::Context;

use super::Move;
use super::needs::Needs;
use crate::moves::{Refusal, dotted, early};
use crate::rewrite::{At, Home as Whose};

/// Refuses a move by which what the old module does runs earlier, or where it didn't run: a module that is there would
/// import it for what stays. A new module is imported by those who imported the old one.
pub(super) fn check(it: &Move<'_, '_>, needs: &Needs) -> Result<(), Refusal> {
    let Some(home) = it.home.id else { return Ok(()) };
    let own = format!("{}.", it.source.own_name());
    let imports_it =
        needs.imports.iter().any(|needed| needed.at == At::RunTime && needed.absolute.starts_with(&own));
    let did_before = it.source.architecture.graph.edge(home, it.source.id) == Some(EdgeKind::Import);
    if imports_it && !did_before && acts(it) {
        return Err(Refusal::new(format!(
            "{} would import {} for what stays there, and that does something when it is imported",
            it.home.name(),
            it.source.own_name()
        )));
    }
    named_in_settings(it, home, needs).map_or(Ok(()), Err)
}

/// Why the new module can't import more of a library: settings name something of it by a string, and a library looks that
/// up while it is loaded itself.
fn named_in_settings(it: &Move<'_, '_>, home: ModuleId, needs: &Needs) -> Option<Refusal> {
    let cx = it.source;
    let there = view::query::context(cx.db, cx.project, cx.file_of(home))?;
    let modules = &cx.architecture.modules;
    let settings = modules.iter().map(|(id, _)| id).filter(|id| early::is_settings(cx.db, modules, *id));
    settings.filter(|id| names(cx, *id, home)).find_map(|settings| {
        // A library is set up by what is called like it: `REST_FRAMEWORK`.
        let exports = model::query::exports(cx.db, cx.file_of(settings));
        let is_set_up = |name: &str| exports.get(&first(name).to_uppercase()).is_some();
        let libraries: Vec<Name> =
            of_libraries(&there).filter(|name| is_set_up(name)).map(|name| first(&name)).collect();
        let is_more = |name: &str| libraries.contains(&first(name)) && !is_loaded(&there, name);
        let wanted =
            needs.imports.iter().filter(|needed| needed.at == At::RunTime).find(|needed| {
                match needed.whose {
                    Whose::Standard => false,
                    Whose::ThirdParty => is_more(&needed.absolute),
                    Whose::Project => leads_to(cx, &needed.absolute, &is_more),
                }
            })?;
        Some(Refusal::new(format!(
            "{} names what is in {} by a string: the library that looks it up would be loaded by half when `{}` is imported there",
            cx.module_name(settings),
            it.home.name(),
            wanted.absolute
        )))
    })
}

/// Whether settings name something of a module by a string.
fn names(cx: &Context<'_>, settings: ModuleId, home: ModuleId) -> bool {
    let Some(there) = view::query::context(cx.db, cx.project, cx.file_of(settings)) else { return false };
    let mut found = false;
    dotted::each(&there, |reference| found |= reference.id == home && reference.name().is_some());
    found
}

/// The libraries that a module imports from while it is imported.
fn of_libraries<'c>(cx: &'c Context<'_>) -> impl Iterator<Item = Name> + 'c {
    cx.imports().filter(|view| view.import.context.at_import_time()).filter_map(|view| {
        match &view.resolved.target {
            Target::ThirdParty(_) => Some(view.resolved.absolute.clone()),
            _ => None,
        }
    })
}

/// Whether a module imports a name, or another of the same module of a library.
fn is_loaded(cx: &Context<'_>, name: &str) -> bool {
    let module = |name: &str| name.rsplit_once('.').map(|(module, _)| module.to_owned());
    let own = module(name).filter(|module| module.contains('.'));
    of_libraries(cx).any(|other| other == name || own.is_some() && module(&other) == own)
}

/// Whether a name of the project stands in a module that imports such from a library.
fn leads_to(cx: &Context<'_>, absolute: &str, is_such: &dyn Fn(&str) -> bool) -> bool {
    let modules = &cx.architecture.modules;
    let by_name = |name: &str| modules.by_name(name, cx.info().root);
    let module = by_name(absolute).or_else(|| by_name(absolute.rsplit_once('.')?.0));
    let there = module.and_then(|id| view::query::context(cx.db, cx.project, cx.file_of(id)));
    there.is_some_and(|there| of_libraries(&there).any(|name| is_such(&name)))
}

fn first(name: &str) -> Name {
    name.split('.').next().unwrap_or_default().into()
}

/// Whether a statement at the top level of the old module does something by itself.
fn acts(it: &Move<'_, '_>) -> bool {
    let Some(body) = it.source.module.bodies.list.first() else { return false };
    body.root.iter().any(|id| match &body[*id] {
        Stmt::Expr(expr) => matches!(&body[*expr], Expr::Call { .. } | Expr::Await(_)),
        Stmt::With { .. } | Stmt::For { .. } | Stmt::While { .. } => true,
        _ => false,
    })
}
