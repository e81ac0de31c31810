//! The output of lowering so far.

use std::sync::Arc;

use source::Span;

use crate::{
    Body, BodyOwner, BodySpans, Class, Expr, ExprArena, ExprId, Function, Name, Stmt, StmtId, Variable,
};

/// Expressions with their positions.
#[derive(Default)]
pub(super) struct Arena {
    pub(super) exprs: ExprArena,
    pub(super) spans: Vec<Span>,
}

impl Arena {
    pub(super) fn push(&mut self, expr: Expr, span: Span) -> ExprId {
        self.spans.push(span);
        self.exprs.push(expr)
    }

    /// The index of the next expression.
    pub(super) fn len(&self) -> u32 {
        self.exprs.list.len() as u32
    }

    /// Copies the expression `id` of `from`, whose parts begin at `first`: children precede their parent, so an
    /// expression is a contiguous range. An expression with more than `most` parts becomes [`Expr::Missing`].
    pub(super) fn copy(&mut self, from: &Arena, first: u32, id: ExprId, most: u32) -> ExprId {
        let (start, end) = (first as usize, id.0 as usize + 1);
        let at = self.len();
        if end - start > most as usize {
            return self.push(Expr::Missing, from.spans[id.0 as usize]);
        }
        for expr in &from.exprs.list[start..end] {
            let mut expr = expr.clone();
            expr.for_each_child_mut(|child| child.0 = child.0 - first + at);
            self.exprs.list.push(expr);
        }
        self.spans.extend_from_slice(&from.spans[start..end]);
        ExprId(at + (id.0 - first))
    }
}

/// A body that is being lowered.
#[derive(Default)]
pub(super) struct BodyBuilder {
    pub(super) owner: BodyOwner,
    pub(super) arena: Arena,
    pub(super) stmts: Vec<Stmt>,
    pub(super) stmt_spans: Vec<Span>,
    pub(super) yields: bool,
}

impl BodyBuilder {
    pub(super) fn push(&mut self, stmt: Stmt, span: Span) -> StmtId {
        self.stmts.push(stmt);
        self.stmt_spans.push(span);
        StmtId(self.stmts.len() as u32 - 1)
    }

    pub(super) fn finish(self, root: Box<[StmtId]>) -> (Body, BodySpans) {
        let Self { owner, mut arena, mut stmts, stmt_spans, .. } = self;
        arena.exprs.list.shrink_to_fit();
        stmts.shrink_to_fit();
        let spans = BodySpans { exprs: arena.spans.into(), stmts: stmt_spans.into() };
        (Body { owner, exprs: arena.exprs, stmts, root }, spans)
    }
}

/// Definitions by id, with their positions.
#[derive(Default)]
pub(super) struct Found {
    pub(super) signatures: Arena,
    pub(super) classes: Vec<Class>,
    pub(super) class_names: Vec<Span>,
    pub(super) class_spans: Vec<Span>,
    pub(super) functions: Vec<Function>,
    pub(super) function_names: Vec<Span>,
    pub(super) function_spans: Vec<Span>,
    pub(super) variables: Vec<Variable>,
    pub(super) variable_spans: Vec<Span>,
    pub(super) all: All,
    /// By [`BodyId`]; empty until the body is done.
    pub(super) bodies: Vec<(Arc<Body>, BodySpans)>,
}

/// The state of `__all__`.
#[derive(Default)]
pub(super) enum All {
    /// Not mentioned.
    #[default]
    Absent,
    /// Literal so far.
    Literal(Vec<Name>),
    /// Computed, at least in part.
    Computed,
}
