//! The places of the loops around a site: summaries only know them as words.

use flow::Site;
use model::{ModuleId, Project};
use python::{Body, Expr, ExprId, Stmt};
use source::Span;
use workspace::Snapshot;

use crate::Place;

/// The iterables of the loops around an expression, outermost first, `count` of them; all `None` if the text has
/// another number of loops there, so that they can't be matched.
pub(super) fn around(
    snapshot: &Snapshot,
    project: Project,
    module: ModuleId,
    site: Site,
    count: usize,
) -> Vec<Option<Place>> {
    let nothing = vec![None; count];
    if count == 0 {
        return nothing;
    }
    let db = snapshot.db();
    let Some(info) = model::query::modules(db, project).get(module).cloned() else {
        return nothing;
    };
    let bodies = python::query::bodies(db, info.file);
    let Some(body) = bodies.list.get(site.body.0 as usize) else { return nothing };
    let spans = python::query::spans(db, info.file);
    let span = |id: ExprId| spans.expr(site.body, id);
    let mut found = written(body, span(site.expr), &span, &|id| spans.stmt(site.body, id));
    found.sort_by_key(|(around, _)| (around.start, std::cmp::Reverse(around.end)));
    if found.len() != count {
        return nothing;
    }
    found.into_iter().map(|(_, walked)| Some(Place { file: info.file, span: walked })).collect()
}

/// The loops of a body whose repeated part contains `inner`: the whole loop, and its iterable.
fn written(
    body: &Body,
    inner: Span,
    of_expr: &dyn Fn(ExprId) -> Span,
    of_stmt: &dyn Fn(python::StmtId) -> Span,
) -> Vec<(Span, Span)> {
    let holds = |outer: Span| !outer.is_empty() && outer.start <= inner.start && inner.end <= outer.end;
    let mut found = Vec::new();
    for (index, stmt) in body.stmts.iter().enumerate() {
        let Stmt::For { iterable, body: block, .. } = stmt else { continue };
        if block.iter().any(|id| holds(of_stmt(*id))) {
            found.push((of_stmt(python::StmtId(index as u32)), of_expr(*iterable)));
        }
    }
    for (index, expr) in body.exprs.list.iter().enumerate() {
        let Expr::Comprehension { element, value, clauses, .. } = expr else { continue };
        let whole = of_expr(ExprId(index as u32));
        let is_repeated = |id: &ExprId| holds(of_expr(*id));
        let in_element = is_repeated(element) || value.as_ref().is_some_and(&is_repeated);
        for (index, clause) in clauses.iter().enumerate() {
            let behind = clauses[index + 1..]
                .iter()
                .any(|later| is_repeated(&later.iterable) || later.conditions.iter().any(&is_repeated));
            if in_element || behind || clause.conditions.iter().any(is_repeated) {
                found.push((
                    Span::new(whole.start, whole.end.saturating_sub(index as u32)),
                    of_expr(clause.iterable),
                ));
            }
        }
    }
    found
}
