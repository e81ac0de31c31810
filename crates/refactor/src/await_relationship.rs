//! Awaits a relationship where it is read: `(await order.awaitable_attrs.items)` if the entity supports that, otherwise
//! `await session.refresh(order, ["items"])` above the statement.

use flow::Site;
use model::ClassRef;
use python::{Arg, Body, Expr, ExprId, Function, Name, Stmt, StmtId};
use source::{Span, TextEdit};
use view::Context;

use super::lines::Lines;

/// The mixin that provides `awaitable_attrs`.
const MIXIN: &str = "AsyncAttrs";
/// Names of sessions without annotations.
const SESSIONS: &[&str] = &["session", "_session", "async_session", "db", "_db", "db_session"];

/// The edits; `None` if it is read where awaiting is impossible, in a loop, or in several places.
pub(super) fn edits(cx: &Context<'_>, site: Site, owner: &ClassRef) -> Option<Vec<TextEdit>> {
    let body = cx.module.bodies.list.get(site.body.0 as usize)?;
    let function = cx.module.definitions.functions().map(|(_, function)| function);
    let function = function.into_iter().find(|function| function.body == site.body && function.is_async)?;
    let read = Read::of(cx, body, site)?;
    if read.is_inside(cx, body) || read.comes_again(body) {
        return None;
    }
    let ancestors = flow::types::classes::foreign_ancestors(cx.db, cx.project, owner);
    if ancestors.iter().any(|class| class.rsplit('.').next() == Some(MIXIN)) {
        return Some(read.awaited());
    }
    read.refreshed(cx, body, function)
}

/// `order.items` in a body.
struct Read<'c> {
    lines: Lines<'c>,
    site: Site,
    receiver: ExprId,
    name: Name,
    /// Of the whole expression.
    span: Span,
    /// Of the part before the dot.
    before: Span,
}

impl<'c> Read<'c> {
    fn of(cx: &'c Context<'_>, body: &Body, site: Site) -> Option<Self> {
        let Expr::Attribute { value, name } = body.exprs.list.get(site.expr.0 as usize)? else { return None };
        let at = |expr: ExprId| cx.module.spans.expr(site.body, expr);
        let lines = Lines { text: cx.text.as_str() };
        Some(Self {
            lines,
            site,
            receiver: *value,
            name: name.clone(),
            span: at(site.expr),
            before: at(*value),
        })
    }

    /// Whether it is read in a lambda, which can't await, or once per element, where awaiting would run a query per
    /// row. The iterable of a loop is read once.
    fn is_inside(&self, cx: &Context<'_>, body: &Body) -> bool {
        let is_in = |expr: ExprId| cx.module.spans.expr(self.site.body, expr).contains(self.span);
        let by_expression = body.exprs.list.iter().enumerate().any(|(index, expr)| match expr {
            Expr::Lambda { .. } => is_in(ExprId(index as u32)),
            Expr::Comprehension { clauses, .. } => {
                is_in(ExprId(index as u32)) && !clauses.first().is_some_and(|clause| is_in(clause.iterable))
            }
            _ => false,
        });
        let by_statement = body.stmts.iter().enumerate().any(|(index, stmt)| {
            let is_around = || cx.module.spans.stmt(self.site.body, StmtId(index as u32)).contains(self.span);
            match stmt {
                Stmt::For { iterable, .. } => is_around() && !is_in(*iterable),
                Stmt::While { .. } => is_around(),
                _ => false,
            }
        });
        by_expression || by_statement
    }

    /// Whether the same attribute is read elsewhere in the body.
    fn comes_again(&self, body: &Body) -> bool {
        let receiver = body.exprs.dotted(self.receiver);
        body.exprs.list.iter().enumerate().any(|(index, expr)| {
            matches!(expr, Expr::Attribute { value, name }
                if *name == self.name && index != self.site.expr.0 as usize
                    && body.exprs.dotted(*value) == receiver)
        })
    }

    fn awaited(&self) -> Vec<TextEdit> {
        let rest = self.lines.after(self.span.end);
        let (open, close) = if rest.starts_with(['.', '[', '(']) { ("(", ")") } else { ("", "") };
        let insert = |at: u32, insert: String| TextEdit { span: Span::new(at, at), insert };
        let mut edits = vec![
            insert(self.span.start, format!("{open}await ")),
            insert(self.before.end, ".awaitable_attrs".to_owned()),
        ];
        if !close.is_empty() {
            edits.push(insert(self.span.end, close.to_owned()));
        }
        edits
    }

    fn refreshed(&self, cx: &Context<'_>, body: &Body, function: &Function) -> Option<Vec<TextEdit>> {
        let Expr::Name(row) = &body[self.receiver] else { return None };
        let session = session(cx, body, function)?;
        let start = self.statement(cx, body)?;
        if !self.lines.before(start).trim().is_empty() {
            return None;
        }
        let indentation = self.lines.indentation(start);
        let line = format!(
            "await {session}.refresh({row}, [\"{}\"]){}{indentation}",
            self.name,
            self.lines.ending()
        );
        Some(vec![TextEdit { span: Span::new(start, start), insert: line }])
    }

    /// The start of the innermost statement around it, if another statement can be inserted above.
    fn statement(&self, cx: &Context<'_>, body: &Body) -> Option<u32> {
        let spans = body.stmts.iter().enumerate().map(|(index, stmt)| {
            let span = cx.module.spans.stmt(self.site.body, StmtId(index as u32));
            (span, stmt)
        });
        let (span, stmt) = spans
            .filter(|(span, _)| span.contains(self.span))
            .min_by_key(|(span, _)| span.end - span.start)?;
        matches!(stmt, Stmt::Expr(_) | Stmt::Assign { .. } | Stmt::Return(_) | Stmt::For { .. })
            .then_some(span.start)
    }
}

/// The name of the session in a function: a parameter annotated as one, or what the body awaits under such a name.
fn session(cx: &Context<'_>, body: &Body, function: &Function) -> Option<String> {
    let annotated = function.parameters.iter().find(|parameter| {
        let annotation =
            parameter.annotation.and_then(|annotation| cx.module.definitions.exprs.dotted(annotation));
        annotation.is_some_and(|name| name.rsplit('.').next() == Some("AsyncSession"))
    });
    if let Some(parameter) = annotated {
        return Some(parameter.name.to_string());
    }
    body.exprs.list.iter().find_map(|expr| {
        let Expr::Await(call) = expr else { return None };
        let Expr::Call { callee, args } = &body[*call] else { return None };
        let given = args.iter().map(Arg::value).chain(match &body[*callee] {
            Expr::Attribute { value, .. } => Some(*value),
            _ => None,
        });
        given
            .filter_map(|expr| body.exprs.dotted(expr))
            .find(|name| name.rsplit('.').next().is_some_and(|last| SESSIONS.contains(&last)))
    })
}
