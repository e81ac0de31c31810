//! Compound statements other than `try`, `def` and `class`.

use source::Span;

use super::Lowering;
use super::kinds::{Field, Kind};
use crate::{Expr, ExprId, ImportContext, Literal, MatchCase, Stmt, StmtId, WithItem};

/// An `elif` beyond this number is placed after its predecessor rather than inside it, because code that reads
/// statements recurses into `orelse`, and the length of a chain is unbounded.
const LONGEST_CHAIN: usize = 100;

/// The meaning of a condition for type checkers.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Test {
    /// Holds only for type checkers.
    TypeChecking,
    /// Holds whenever the code runs.
    NotTypeChecking,
    /// Holds only if the module is run as the program.
    Main,
    /// Holds whenever the module is imported.
    NotMain,
    /// Holds sometimes.
    Open,
}

struct Branch {
    span: Span,
    test: ExprId,
    body: Box<[StmtId]>,
}

impl Lowering<'_> {
    pub(super) fn if_statement(&mut self, span: Span) -> Stmt {
        let mut branches: Vec<Branch> = Vec::new();
        let mut orelse: Box<[StmtId]> = Box::default();
        // The context in which the next branch begins.
        let mut otherwise = self.context;
        let mut test = None;
        let mut inside = self.context;
        self.each_node(|this, kind| match kind {
            Kind::Token => {}
            Kind::Error => this.statement(kind),
            Kind::Block => {
                let body = this.within(inside, Self::block);
                let test = this.or_missing(test.take(), span);
                branches.push(Branch { span, test, body });
            }
            Kind::Elif => {
                let branch = this.elif(&mut otherwise, span.end);
                branches.push(branch);
            }
            Kind::Else => orelse = this.within(otherwise, Self::clause_block),
            _ => {
                let condition = this.expr();
                (inside, otherwise) = this.branch_contexts(condition, otherwise, true);
                test = Some(condition);
            }
        });
        self.chain(branches, orelse, test, span)
    }

    fn elif(&mut self, otherwise: &mut ImportContext, end: u32) -> Branch {
        let span = Span::new(self.walk.span().start, end);
        let mut test = None;
        let mut body = Box::default();
        let mut inside = *otherwise;
        self.each(|this, kind| {
            if kind == Kind::Block {
                body = this.within(inside, Self::block);
            } else {
                let condition = this.expr();
                (inside, *otherwise) = this.branch_contexts(condition, *otherwise, false);
                test = Some(condition);
            }
        });
        let test = self.or_missing(test, span);
        Branch { span, test, body }
    }

    /// The contexts inside a branch and in the following branches.
    fn branch_contexts(
        &self,
        condition: ExprId,
        before: ImportContext,
        first: bool,
    ) -> (ImportContext, ImportContext) {
        let sometimes = ImportContext { conditional: true, ..before };
        match self.test(condition) {
            Test::TypeChecking => (ImportContext { type_checking: true, ..before }, before),
            Test::NotTypeChecking if first => (before, ImportContext { type_checking: true, ..before }),
            Test::NotTypeChecking => (sometimes, ImportContext { type_checking: true, ..before }),
            Test::Main => (ImportContext { main: true, ..sometimes }, sometimes),
            Test::NotMain => (sometimes, ImportContext { main: true, ..sometimes }),
            Test::Open => (sometimes, sometimes),
        }
    }

    /// Classifies `if TYPE_CHECKING`, `if typing.TYPE_CHECKING`, `if not TYPE_CHECKING`, `if TYPE_CHECKING and …`,
    /// `if MYPY`, `if False`.
    fn test(&self, condition: ExprId) -> Test {
        let holds_for_checkers = match &self.body.arena.exprs[condition] {
            Expr::Name(name) => {
                // mypy always considers `MYPY` true; the program binds it to `False`.
                matches!(name.as_str(), "TYPE_CHECKING" | "MYPY") || self.imports.means_type_checking(name)
            }
            Expr::Attribute { name, .. } => name == "TYPE_CHECKING",
            Expr::Literal(literal) => matches!(literal, Literal::Bool(false) | Literal::Int(0)),
            _ => false,
        };
        if holds_for_checkers {
            return Test::TypeChecking;
        }
        if self.body.arena.exprs.is_main_guard(condition) {
            return Test::Main;
        }
        if self.body.arena.exprs.is_import_guard(condition) {
            return Test::NotMain;
        }
        match &self.body.arena.exprs[condition] {
            Expr::Unary { op, operand } if op == "not" => match self.test(*operand) {
                Test::TypeChecking => Test::NotTypeChecking,
                Test::NotTypeChecking => Test::TypeChecking,
                Test::Main | Test::NotMain | Test::Open => Test::Open,
            },
            Expr::Bool { is_and: true, left, right } => {
                let either = [*left, *right].map(|side| self.test(side));
                if either.contains(&Test::TypeChecking) { Test::TypeChecking } else { Test::Open }
            }
            _ => Test::Open,
        }
    }

    /// Nests branches: each `elif` is the only statement in the `orelse` before it. The last one is added first,
    /// because children precede parents.
    fn chain(
        &mut self,
        branches: Vec<Branch>,
        mut orelse: Box<[StmtId]>,
        test: Option<ExprId>,
        span: Span,
    ) -> Stmt {
        let mut stmt = None;
        let mut rest = Vec::new();
        for (index, branch) in branches.into_iter().enumerate().rev() {
            let Branch { span, test, body } = branch;
            if index == 0 {
                stmt = Some(Stmt::If { test, body, orelse: std::mem::take(&mut orelse) });
            } else if index < LONGEST_CHAIN {
                let id = self.body.push(Stmt::If { test, body, orelse }, span);
                orelse = Box::new([id]);
            } else {
                let id = self.body.push(Stmt::If { test, body, orelse: Box::default() }, span);
                rest.push(id);
                if index == LONGEST_CHAIN {
                    rest.reverse();
                    rest.extend(orelse);
                    orelse = std::mem::take(&mut rest).into();
                }
            }
        }
        stmt.unwrap_or_else(|| {
            let test = self.or_missing(test, span);
            Stmt::If { test, body: Box::default(), orelse }
        })
    }

    /// The block of `else:` or `finally:`; the cursor is on the clause.
    pub(super) fn clause_block(&mut self) -> Box<[StmtId]> {
        let mut block = Box::default();
        self.each(|this, kind| {
            if kind == Kind::Block {
                block = this.block();
            }
        });
        block
    }

    pub(super) fn for_statement(&mut self, span: Span) -> Stmt {
        let mut is_async = false;
        let mut target = None;
        let mut iterable = None;
        let mut body = Box::default();
        let mut orelse = Box::default();
        let inside = self.conditional();
        self.each_node(|this, kind| match kind {
            Kind::Async => is_async = true,
            Kind::Token => {}
            Kind::Error => this.statement(kind),
            Kind::Block => body = this.within(inside, Self::block),
            Kind::Else => orelse = this.within(inside, Self::clause_block),
            _ if this.walk.field() == Field::Left => {
                let id = this.expr();
                this.bound_names(id);
                target = Some(id);
            }
            _ => iterable = Some(this.expr()),
        });
        let target = self.or_missing(target, span);
        let iterable = self.or_missing(iterable, span);
        Stmt::For { is_async, target, iterable, body, orelse }
    }

    pub(super) fn while_statement(&mut self, span: Span) -> Stmt {
        let mut test = None;
        let mut body = Box::default();
        let mut orelse = Box::default();
        let inside = self.conditional();
        self.each_node(|this, kind| match kind {
            Kind::Token => {}
            Kind::Error => this.statement(kind),
            Kind::Block => body = this.within(inside, Self::block),
            Kind::Else => orelse = this.within(inside, Self::clause_block),
            _ => test = Some(this.expr()),
        });
        let test = self.or_missing(test, span);
        Stmt::While { test, body, orelse }
    }

    pub(super) fn with_statement(&mut self) -> Stmt {
        let mut is_async = false;
        let mut items = Vec::new();
        let mut body = Box::default();
        self.each_node(|this, kind| match kind {
            Kind::Async => is_async = true,
            Kind::Error => this.statement(kind),
            Kind::WithClause => this.each(|this, kind| {
                if kind == Kind::WithItem {
                    this.each(|this, kind| this.with_item(kind, &mut items, 0));
                }
            }),
            Kind::Block => {
                let optional = items.iter().any(|item| this.suppresses_import_error(item.manager));
                let inside = ImportContext { optional: optional || this.context.optional, ..this.context };
                body = this.within(inside, Self::block);
            }
            _ => {}
        });
        Stmt::With { is_async, items: items.into(), body }
    }

    /// `manager as target`; in parentheses the grammar sometimes parses a tuple of these.
    fn with_item(&mut self, kind: Kind, items: &mut Vec<WithItem>, depth: u32) {
        if matches!(kind, Kind::Tuple | Kind::Wrapper) && depth < 2 && self.has_as_pattern() {
            return self.each(|this, kind| this.with_item(kind, items, depth + 1));
        }
        self.as_target = None;
        let manager = self.expr();
        let target = self.as_target.take();
        if let Some(target) = target {
            self.bound_names(target);
        }
        items.push(WithItem { manager, target });
    }

    fn has_as_pattern(&mut self) -> bool {
        let mut found = false;
        self.each(|_, kind| found |= kind == Kind::AsPattern);
        found
    }

    pub(super) fn match_statement(&mut self, span: Span) -> Stmt {
        let mut subjects: Vec<ExprId> = Vec::new();
        let mut cases = Vec::new();
        let inside = self.conditional();
        self.each_node(|this, kind| match kind {
            Kind::Token => {}
            Kind::Error => this.statement(kind),
            Kind::Block => this.each(|this, kind| {
                if kind == Kind::Case {
                    let case = this.within(inside, Self::case);
                    cases.push(case);
                }
            }),
            _ => subjects.push(this.expr()),
        });
        let subject = match *subjects {
            [one] => one,
            [] => self.or_missing(None, span),
            _ => self.push(Expr::Tuple(subjects.into()), span),
        };
        Stmt::Match { subject, cases: cases.into() }
    }

    fn case(&mut self) -> MatchCase {
        let mut pattern = super::patterns::Gathered::default();
        let mut guard = None;
        let mut body = Box::default();
        self.each(|this, kind| match kind {
            Kind::CasePattern => this.pattern(kind, &mut pattern),
            Kind::IfClause => {
                let span = this.walk.span();
                guard = Some(this.only_child(span));
            }
            Kind::Block => body = this.block(),
            _ => {}
        });
        MatchCase { pattern: pattern.finish(), guard, body }
    }
}
