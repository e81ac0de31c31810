//! Whether the new module comes to import the old one, which does more than define when it is imported.

use model::EdgeKind;
use python::{Expr, Stmt};

use super::Move;
use super::needs::Needs;
use crate::moves::Refusal;
use crate::rewrite::At;

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
    Ok(())
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
