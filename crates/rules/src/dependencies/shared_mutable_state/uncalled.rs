//! Functions that nobody calls. What they would change never changes.

use model::Target;
use python::{Expr, FunctionId, Scope};
use view::scope::Names;

use super::changes::Change;

/// Whether only functions make these changes that nothing in the project names. A module that nobody imports may be used
/// in ways that can't be seen: of it nothing is said.
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

/// Whether a function at the head is named nowhere in its module, and offered by no decorator or list.
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
