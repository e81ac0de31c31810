//! The method chain that builds a query, as far as it is written in one expression.

use flow::Site;
use python::{Arg, Body, BodyId, Expr, ExprId, Literal, Name};
use source::Span;
use view::Context;

use crate::lines::Lines;

/// A query with the methods chained to it.
pub(super) struct Chain<'c> {
    pub(super) cx: &'c Context<'c>,
    pub(super) id: BodyId,
    pub(super) body: &'c Body,
    /// Its start: `Order.objects.filter(...)`, `order.items`, `select(Order)`, `Order.query`.
    pub(super) origin: ExprId,
    /// The methods called on that, in order.
    pub(super) links: Vec<Link>,
}

/// One method of the chain.
pub(super) struct Link {
    /// The call.
    pub(super) call: ExprId,
    /// The method.
    pub(super) name: Name,
}

impl<'c> Chain<'c> {
    /// The chain that starts at `site`.
    pub(super) fn of(cx: &'c Context<'c>, site: Site) -> Option<Self> {
        let body = cx.module.bodies.list.get(site.body.0 as usize)?;
        body.exprs.list.get(site.expr.0 as usize)?;
        let mut links = Vec::new();
        let mut at = site.expr;
        while let Some((call, name)) = method_of(body, at) {
            links.push(Link { call, name });
            at = call;
        }
        Some(Self { cx, id: site.body, body, origin: site.expr, links })
    }

    /// The span of an expression of the chain's body.
    pub(super) fn span(&self, expr: ExprId) -> Span {
        self.cx.module.spans.expr(self.id, expr)
    }

    /// The lines of the file.
    pub(super) fn lines(&self) -> Lines<'c> {
        Lines { text: self.cx.text.as_str() }
    }

    /// The whole expression.
    pub(super) fn whole(&self) -> ExprId {
        self.links.last().map_or(self.origin, |link| link.call)
    }

    /// The method that starts the query and its receiver, if a method starts it, as in Django.
    pub(super) fn first(&self) -> Option<(ExprId, &'c Name)> {
        match &self.body[self.origin] {
            Expr::Call { callee, .. } => match &self.body[*callee] {
                Expr::Attribute { value, name } => Some((*value, name)),
                _ => None,
            },
            _ => None,
        }
    }

    /// The calls of the methods `names`, including the call that starts the query.
    pub(super) fn calls(&self, names: &[&str]) -> Vec<ExprId> {
        let first = self.first().filter(|(_, name)| names.contains(&name.as_str())).map(|_| self.origin);
        let links = self.links.iter().filter(|link| names.contains(&link.name.as_str()));
        first.into_iter().chain(links.map(|link| link.call)).collect()
    }

    /// The arguments of a call.
    pub(super) fn args(&self, call: ExprId) -> &'c [Arg] {
        match &self.body[call] {
            Expr::Call { args, .. } => args,
            _ => &[],
        }
    }

    /// The arguments of a call if all of them are string literals.
    pub(super) fn texts(&self, call: ExprId) -> Option<Vec<&'c str>> {
        self.args(call).iter().map(|arg| text(self.body, arg)).collect()
    }
}

fn text<'b>(body: &'b Body, arg: &Arg) -> Option<&'b str> {
    match arg {
        Arg::Positional(value) => match &body[*value] {
            Expr::Literal(Literal::Str(text)) => Some(text),
            _ => None,
        },
        _ => None,
    }
}

/// The method called on `expr`, and the call.
fn method_of(body: &Body, expr: ExprId) -> Option<(ExprId, Name)> {
    // Children come before parents.
    let after = |id: ExprId| body.exprs.list.iter().enumerate().skip(id.0 as usize + 1);
    let (attribute, name) = after(expr).find_map(|(index, found)| match found {
        Expr::Attribute { value, name } if *value == expr => Some((ExprId(index as u32), name.clone())),
        _ => None,
    })?;
    let call = after(attribute).find_map(|(index, found)| match found {
        Expr::Call { callee, .. } if *callee == attribute => Some(ExprId(index as u32)),
        _ => None,
    })?;
    Some((call, name))
}

/// The call that starts a chain: `Order.objects.all()` in `Order.objects.all().order_by("day")`.
pub(super) fn start(body: &Body, expr: ExprId) -> ExprId {
    let (mut at, mut first) = (expr, expr);
    loop {
        at = match body.exprs.list.get(at.0 as usize) {
            Some(Expr::Call { callee, .. }) => {
                first = at;
                *callee
            }
            Some(Expr::Attribute { value, .. } | Expr::Subscript { value, .. }) => *value,
            _ => return first,
        };
    }
}
