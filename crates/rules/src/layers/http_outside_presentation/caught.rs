//! HTTP errors that a module only catches.

use python::{BodyId, NameUse, Stmt};
use view::Context;

/// Whether all uses are in `except` clauses, and there are some.
pub(super) fn is_only_caught<'u>(cx: &Context<'_>, uses: impl Iterator<Item = &'u NameUse>) -> bool {
    let mut caught = Vec::new();
    for (index, body) in cx.module.bodies.list.iter().enumerate() {
        for stmt in &body.stmts {
            let Stmt::Try { handlers, .. } = stmt else { continue };
            let exceptions = handlers.iter().filter_map(|handler| handler.exception);
            caught.extend(exceptions.map(|it| cx.module.spans.expr(BodyId(index as u32), it)));
        }
    }
    let mut uses = uses.peekable();
    uses.peek().is_some()
        && uses
            .all(|used| caught.iter().any(|span| span.start <= used.span.start && used.span.end <= span.end))
}
