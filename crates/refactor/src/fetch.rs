//! Fetches rows by key before a loop, instead of one by one in it: `in_bulk` (Django), `in_()` with a dictionary
//! (SQLAlchemy).
//!
//! A missing row behaves as before: it stays `None`, and Django's `DoesNotExist` is raised in the same iteration. A
//! loop that reads a stream, that ends transactions, or that uses the entity for something else is left alone.

mod again;
mod lookup;
mod walk;
mod write;

use model::Orm;

use super::{Changes, FileEdit};
use view::{Context, FetchBefore};

/// The edits. `None` if the loop might behave differently afterwards.
pub(super) fn changes(cx: &Context<'_>, fetch: &FetchBefore) -> Option<Changes> {
    if fetch.call.body != fetch.around.body {
        return None;
    }
    let entity = model::query::entity(cx.db, cx.project, fetch.entity.module, fetch.entity.name.clone())?;
    let body = cx.module.bodies.list.get(fetch.call.body.0 as usize)?;
    let code = Code { cx, id: fetch.call.body, body };
    let lookup = match entity.orm {
        Orm::Django => lookup::django(&code, &entity, fetch.call.expr)?,
        Orm::SqlAlchemy | Orm::SqlModel => lookup::session(&code, &entity, fetch.call.expr)?,
    };
    let walk = walk::read(&code, &lookup, fetch.around.expr, &entity.class.name)?;
    let edits = write::edits(&code, &entity, &lookup, &walk)?;
    let mut changes = Changes::from(FileEdit { file: cx.file, edits });
    if !walk.is_key_sure {
        let class = &entity.class.name;
        changes.notes.push(format!(
            "A key of another type than `{class}.{}` (\"7\" for 7) no longer finds its row",
            lookup.column
        ));
    }
    Some(changes)
}

/// One body, as the parts of this fix read it.
struct Code<'c> {
    cx: &'c Context<'c>,
    id: python::BodyId,
    body: &'c python::Body,
}

impl<'c> Code<'c> {
    fn span(&self, expr: python::ExprId) -> source::Span {
        self.cx.module.spans.expr(self.id, expr)
    }

    fn stmt(&self, stmt: python::StmtId) -> source::Span {
        self.cx.module.spans.stmt(self.id, stmt)
    }

    fn lines(&self) -> crate::lines::Lines<'c> {
        crate::lines::Lines { text: self.cx.text.as_str() }
    }

    fn text(&self, expr: python::ExprId) -> &'c str {
        self.lines().slice(self.span(expr))
    }

    /// The subexpressions of an expression, itself included.
    fn parts(&self, expr: python::ExprId) -> Vec<python::ExprId> {
        let mut all = vec![expr];
        let mut next = 0;
        while let Some(at) = all.get(next).copied() {
            next += 1;
            self.body[at].for_each_child(|child| all.push(child));
        }
        all
    }

    /// Whether an expression mentions one of these names.
    fn mentions(&self, expr: python::ExprId, names: &[&str]) -> bool {
        self.parts(expr)
            .into_iter()
            .any(|id| matches!(&self.body[id], python::Expr::Name(name) if names.contains(&name.as_str())))
    }

    /// The parent of an expression.
    fn parent(&self, expr: python::ExprId) -> Option<python::ExprId> {
        // Children come before parents.
        let after = self.body.exprs.list.iter().enumerate().skip(expr.0 as usize + 1);
        let mut found = after.filter(|(_, other)| {
            let mut is_child = false;
            other.for_each_child(|child| is_child |= child == expr);
            is_child
        });
        found.next().map(|(index, _)| python::ExprId(index as u32))
    }
}
