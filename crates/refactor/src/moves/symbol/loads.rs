//! Whether the target module would import something it can't: the source module, if that has side effects at import
//! time, or a library that is just loading it by a name in the settings.

use model::{EdgeKind, ModuleId};
use python::{Expr, Stmt};

use super::Move;
use super::needs::Needs;
use crate::moves::Refusal;
use crate::rewrite::{At, Home as Whose};

/// Refuses a move after which the source module's side effects run earlier, or where they didn't run: an existing
/// target would import it for what stays. A new target is only imported by the source's importers.
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
    looked_up(it, home, needs).map_or(Ok(()), Err)
}

/// Why the target module can't import a dependency: a library looks the target up by a name in the settings while it is
/// loading.
fn looked_up(it: &Move<'_, '_>, home: ModuleId, needs: &Needs) -> Option<Refusal> {
    let cx = it.source;
    let modules = &cx.architecture.modules;
    let module_of = |name: &str| {
        let by_name = |name: &str| modules.by_name(name, cx.info().root);
        by_name(name).or_else(|| by_name(name.rsplit_once('.')?.0))
    };
    let (mut starts, mut outside) = (Vec::new(), Vec::new());
    for needed in needs.imports.iter().filter(|needed| needed.at == At::RunTime) {
        match needed.whose {
            Whose::Standard => {}
            Whose::ThirdParty => outside.push(needed.absolute.clone()),
            Whose::Project => starts.extend(module_of(&needed.absolute)),
        }
    }
    let looked_up = flow::query::looked_up(cx.db, cx.project);
    let table = flow::query::import_table(cx.db, cx.project);
    let half = looked_up.half_loaded(modules, &table, home, &starts, &outside)?;
    Some(Refusal::new(format!(
        "{} names what is in {} by a string: the library that looks it up would be loaded by half when `{}` is imported there",
        cx.module_name(half.lookup.settings),
        cx.module_name(half.lookup.named),
        half.name
    )))
}

/// Whether a top-level statement of the source module has a side effect.
fn acts(it: &Move<'_, '_>) -> bool {
    let Some(body) = it.source.module.bodies.list.first() else { return false };
    body.root.iter().any(|id| match &body[*id] {
        Stmt::Expr(expr) => matches!(&body[*expr], Expr::Call { .. } | Expr::Await(_)),
        Stmt::With { .. } | Stmt::For { .. } | Stmt::While { .. } => true,
        _ => false,
    })
}
