//! Functions without callers. What they would change never changes.

use model::Target;
use python::{Expr, FunctionId, Scope};
use view::scope::Names;

use super::changes::Change;

/// Whether only functions that nothing in the project names make these changes. Modules that nothing imports may be
/// used in ways that can't be seen, so they are not considered.
pub(super) fn all(names: &Names<'_>, changes: &[&Change]) -> bool {
    let cx = names.cx;
    let importers = cx.architecture.graph.importers(cx.id);
    !importers.is_empty()
        && changes.iter().all(|change| is_unnamed(names, change.function))
        && importers.iter().all(|edge| {
            let resolved = model::query::resolved(cx.db, cx.project, cx.file_of(edge.to));
            !resolved.iter().any(|it| match &it.target {
                // The module itself: any of its functions may be meant.
                Target::Module(module) => *module == cx.id,
                Target::Symbol { origin, origin_name, .. } => {
                    let is_meant =
                        |change: &&Change| cx.module.definitions[change.function].name == *origin_name;
                    *origin == cx.id && (origin_name.is_empty() || changes.iter().any(is_meant))
                }
                _ => false,
            })
        })
}

/// Whether a top-level function is not named anywhere in its module, and not exposed by a decorator or a list.
fn is_unnamed(names: &Names<'_>, function: FunctionId) -> bool {
    let function = &names.cx.module.definitions[function];
    function.scope == Scope::Module
        && function.decorators.is_empty()
        && !names.bodies().any(|(_, body)| {
            body.exprs.list.iter().any(|expr| match expr {
                Expr::Name(name) | Expr::Attribute { name, .. } => *name == function.name,
                Expr::Literal(python::Literal::Str(text)) => text == &function.name,
                _ => false,
            })
        })
}
