//! Statements: blocks, and the simple kinds.

use source::Span;

use super::kinds::{Field, Kind};
use super::strings::is_plain_string;
use super::{DEEPEST_BLOCK, Lowering};
use crate::{Expr, ExprId, Literal, Name, Stmt, StmtId};

impl Lowering<'_> {
    /// The statements in the node under the cursor: a module, a block, or a collection of nodes that the parser
    /// couldn't structure.
    pub(super) fn block(&mut self) -> Box<[StmtId]> {
        let mark = self.scratch.stmts.len();
        self.statements();
        self.statements_since(mark)
    }

    pub(super) fn statements_since(&mut self, mark: usize) -> Box<[StmtId]> {
        self.scratch.stmts.drain(mark..).collect()
    }

    /// Lowers the statements in the node under the cursor, appending them to the list under construction.
    pub(super) fn statements(&mut self) {
        if self.block_depth >= DEEPEST_BLOCK {
            return;
        }
        self.block_depth += 1;
        let expressions = std::mem::take(&mut self.expression_depth);
        self.each_node(Self::statement);
        self.expression_depth = expressions;
        self.block_depth -= 1;
    }

    /// Lowers the statement under the cursor, appending it to the list under construction. Other nodes are searched for
    /// statements: after an unclosed bracket, entire functions are in an ERROR node, with their statements intact.
    pub(super) fn statement(&mut self, kind: Kind) {
        let span = self.walk.span();
        let stmt = match kind {
            Kind::Token
            | Kind::Async
            | Kind::Comment
            | Kind::Identifier
            | Kind::DottedName
            | Kind::Parameters => {
                return;
            }
            Kind::ExpressionStatement => match self.expression_statement(span) {
                Some(stmt) => stmt,
                None => return,
            },
            Kind::Import | Kind::ImportFrom | Kind::ImportFuture => {
                if let Some((statement, lazy)) = self.import_extent(span) {
                    let ids = self.import_statement(kind, statement, lazy);
                    self.finish_statement(Stmt::Import(ids), statement);
                }
                return;
            }
            Kind::Return => Stmt::Return(self.element_or_tuple(span)),
            Kind::Raise => self.raise(),
            Kind::Delete => Stmt::Delete(self.flat_elements()),
            Kind::Assert => self.assert(span),
            Kind::Global => Stmt::Global(self.names()),
            Kind::TypeAlias => self.type_alias(span),
            Kind::Pass => Stmt::Pass,
            Kind::Break => Stmt::Break,
            Kind::Continue => Stmt::Continue,
            Kind::Print | Kind::Exec => self.python2_statement(kind, span),
            Kind::If => self.if_statement(span),
            Kind::For => self.for_statement(span),
            Kind::While => self.while_statement(span),
            Kind::Try => self.try_statement(),
            Kind::With => self.with_statement(),
            Kind::Match => self.match_statement(span),
            Kind::Function => {
                let lowered = self.remembering(span, |this| Some(this.function(span, Box::default())));
                match lowered {
                    Some(stmt) => stmt,
                    None => return,
                }
            }
            Kind::Class => self.class(span, Box::default()),
            Kind::Decorated => match self.remembering(span, |this| this.decorated(span)) {
                Some(stmt) => stmt,
                None => return,
            },
            Kind::Call | Kind::Attribute | Kind::Subscript => Stmt::Expr(self.expr()),
            Kind::Assignment | Kind::AugmentedAssignment => self.assignment(kind),
            // The owner of the block is unknown, so it is unknown whether it runs.
            _ => return self.within(self.conditional(), Self::statements),
        };
        self.finish_statement(stmt, span);
    }

    fn finish_statement(&mut self, stmt: Stmt, span: Span) {
        let id = self.body.push(stmt, span);
        self.scratch.stmts.push(id);
    }

    fn expression_statement(&mut self, span: Span) -> Option<Stmt> {
        let mut stmt = None;
        let mark = self.scratch.exprs.len();
        self.each(|this, kind| match kind {
            Kind::Assignment | Kind::AugmentedAssignment => stmt = Some(this.assignment(kind)),
            // A string statement is documentation; its text is not a fact.
            Kind::String if is_plain_string(this.walk.text()) => {
                let span = this.walk.span();
                let id = this.push(Expr::Literal(Literal::Str(Name::default())), span);
                this.scratch.exprs.push(id);
            }
            _ => {
                let id = this.expr();
                this.scratch.exprs.push(id);
            }
        });
        let exprs: Box<[ExprId]> = self.scratch.exprs.drain(mark..).collect();
        if stmt.is_some() {
            return stmt;
        }
        let expr = match *exprs {
            [] => return None,
            [one] => one,
            _ => self.push(Expr::Tuple(exprs), span),
        };
        self.extends_all(expr);
        Some(Stmt::Expr(expr))
    }

    fn raise(&mut self) -> Stmt {
        let mut exception = None;
        let mut cause = None;
        self.each(|this, _| {
            let id = this.expr();
            if this.walk.field() == Field::Cause {
                cause = Some(id);
            } else {
                exception = Some(id);
            }
        });
        Stmt::Raise { exception, cause }
    }

    /// The children as a list; `a, b` counts as two.
    fn flat_elements(&mut self) -> Box<[ExprId]> {
        let mark = self.scratch.exprs.len();
        self.each(|this, kind| {
            if kind == Kind::Tuple {
                let elements = this.elements();
                this.scratch.exprs.extend_from_slice(&elements);
            } else {
                let id = this.expr();
                this.scratch.exprs.push(id);
            }
        });
        self.scratch.exprs.drain(mark..).collect()
    }

    fn assert(&mut self, span: Span) -> Stmt {
        let elements = self.elements();
        let test = self.or_missing(elements.first().copied(), span);
        Stmt::Assert { test, message: elements.get(1).copied() }
    }

    fn names(&mut self) -> Box<[Name]> {
        let mut names = Vec::new();
        self.each(|this, kind| {
            if kind == Kind::Identifier {
                names.push(Name::new(this.walk.text()));
            }
        });
        names.into()
    }

    /// `print x` and `exec x`, read as the equivalent calls.
    fn python2_statement(&mut self, kind: Kind, span: Span) -> Stmt {
        let name = if kind == Kind::Print { "print" } else { "exec" };
        let head = Span::new(span.start, span.start + name.len() as u32);
        let callee = self.push(Expr::Name(Name::new_static(name)), head);
        let args = self.arguments();
        Stmt::Expr(self.push(Expr::Call { callee, args }, span))
    }
}
