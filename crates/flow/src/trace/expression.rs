//! The steps of an expression, in Python's evaluation order.

use std::sync::Arc;

use model::ClassRef;
use python::{Expr, ExprId};

use super::body::{Around, branch};
use super::words::{is_of_data, negated, words};
use super::{Step, StepKind, Tracer};
use crate::walk::Seen;
use crate::{Bound, EffectKind, FunctionRef, Site, Value};

/// Expressions are followed to this depth.
const MAX_NESTING: usize = 96;

impl Tracer<'_> {
    /// Adds the steps of evaluating an expression.
    pub(super) fn expression(&mut self, around: &mut Around<'_>, expr: ExprId, steps: &mut Vec<Step>) {
        if around.nesting >= MAX_NESTING {
            return;
        }
        around.nesting += 1;
        self.parts(around, expr, steps);
        self.itself(around, expr, steps);
        around.nesting -= 1;
    }

    /// Adds the steps of its parts.
    fn parts(&mut self, around: &mut Around<'_>, expr: ExprId, steps: &mut Vec<Step>) {
        let body = Arc::clone(&around.body);
        match &body[expr] {
            Expr::Comprehension { element, value, clauses, .. } => {
                self.clauses(around, clauses, (*element, *value), steps);
            }
            Expr::Conditional { test, body: holds, orelse } => {
                self.expression(around, *test, steps);
                let (mut first, mut second) = (Vec::new(), Vec::new());
                self.expression(around, *holds, &mut first);
                self.expression(around, *orelse, &mut second);
                let arms = vec![(words(&body, *test), first), (negated(&body, *test), second)];
                branch(around, *test, arms, steps);
            }
            Expr::Bool { left, right, is_and } => {
                self.expression(around, *left, steps);
                let mut second = Vec::new();
                self.expression(around, *right, &mut second);
                let condition = if *is_and { words(&body, *left) } else { negated(&body, *left) };
                branch(around, *right, vec![(condition, second)], steps);
            }
            // A lambda has its effects where it is called.
            Expr::Lambda { .. } => {}
            _ => {
                let mut parts = Vec::new();
                body[expr].for_each_child(|child| parts.push(child));
                for part in parts {
                    self.expression(around, part, steps);
                }
            }
        }
    }

    /// The loops of a comprehension, outermost first.
    fn clauses(
        &mut self,
        around: &mut Around<'_>,
        clauses: &[python::ComprehensionClause],
        element: (ExprId, Option<ExprId>),
        steps: &mut Vec<Step>,
    ) {
        let Some((clause, rest)) = clauses.split_first() else {
            self.expression(around, element.0, steps);
            if let Some(value) = element.1 {
                self.expression(around, value, steps);
            }
            return;
        };
        self.expression(around, clause.iterable, steps);
        self.looped(around, clause.iterable, steps, |tracer, around| {
            let mut inner = Vec::new();
            for condition in &clause.conditions {
                tracer.expression(around, *condition, &mut inner);
            }
            tracer.clauses(around, rest, element, &mut inner);
            inner
        });
    }

    /// Adds the steps of the expression itself: calls and queries at this position.
    fn itself(&mut self, around: &mut Around<'_>, expr: ExprId, steps: &mut Vec<Step>) {
        let body = Arc::clone(&around.body);
        if matches!(body[expr], Expr::Yield(_) | Expr::YieldFrom(_)) {
            steps.push(around.at(StepKind::Yield, expr));
        }
        let seen: Vec<Seen> = around.seen(expr).cloned().collect();
        let is_awaited =
            body.exprs.list.iter().any(|outer| matches!(outer, Expr::Await(inner) if *inner == expr));
        let mut port: Option<ClassRef> = None;
        let mut called: Vec<FunctionRef> = Vec::new();
        let mut inner = Vec::new();
        for seen in &seen {
            match seen {
                Seen::Port(class) => port = Some(class.clone()),
                Seen::Call(function, given) => {
                    let through = port.take();
                    if !called.contains(function) {
                        called.push(*function);
                        let call = self.called(*function, given, through, is_awaited);
                        inner.push(around.at(StepKind::Call(call), expr));
                    }
                }
                Seen::Inner(function) if !called.contains(function) => {
                    called.push(*function);
                    inner.extend(self.inside(around, *function));
                }
                Seen::Library(name) => {
                    let kind = StepKind::Library(name.clone());
                    if !inner.iter().any(|step: &Step| step.kind == kind) {
                        inner.push(around.at(kind, expr));
                    }
                }
                Seen::Session(method, entity) => {
                    let kind = StepKind::Session { method: method.clone(), entity: entity.clone() };
                    inner.push(around.at(kind, expr));
                }
                Seen::Write | Seen::Inner(_) | Seen::Unknown | Seen::Loop(_) | Seen::Exit(..) => {}
            }
        }
        let queries = queries(around, expr, seen.iter().any(|seen| matches!(seen, Seen::Write)));
        let is_known = !inner.is_empty() || !queries.is_empty();
        if !is_known
            && seen.iter().any(|seen| matches!(seen, Seen::Unknown))
            && let Expr::Call { callee, .. } = &body[expr]
            && !is_of_data(&body, *callee)
        {
            inner.push(around.at(StepKind::Unknown(words(&body, *callee)), expr));
        }
        // A session method that runs a query is represented by that query.
        if !queries.is_empty() {
            inner.retain(|step| !matches!(step.kind, StepKind::Session { .. }));
        }
        // `map(to_dto, orders)`, `sorted(orders, key=total)`: the call itself iterates. A loop of a statement or a
        // comprehension is recorded at the same expression, but wraps that statement's block.
        let walks = seen.iter().find_map(|seen| match seen {
            Seen::Loop(info) if walks_itself(around, expr) => Some(info.clone()),
            _ => None,
        });
        match walks {
            Some(info) if inner.iter().any(|step| matches!(step.kind, StepKind::Call(_))) => {
                let (each, label, bound) = (info.each, info.label, info.bound);
                steps.push(around.at(StepKind::Loop { each, label, bound, steps: inner }, expr));
            }
            _ => steps.extend(inner),
        }
        steps.extend(queries);
    }

    fn called(
        &mut self,
        function: FunctionRef,
        given: &[Option<Value>],
        port: Option<ClassRef>,
        is_awaited: bool,
    ) -> super::Call {
        let implementations = port
            .as_ref()
            .map_or(0, |port| crate::types::classes::implementations(self.db, self.project, port).len());
        self.call(function, given, port, implementations, is_awaited)
    }

    /// The steps of a function nested in the current one, whose body was walked with it.
    fn inside(&mut self, around: &mut Around<'_>, function: FunctionRef) -> Vec<Step> {
        let file = model::query::file_of(self.db, self.project, function.module);
        let definitions = python::query::definitions(self.db, file);
        let Some(facts) = definitions.functions.get(function.function.0 as usize) else { return Vec::new() };
        if self.stack.contains(&function) {
            return Vec::new();
        }
        let Some(body) = python::query::body(self.db, file, facts.body) else { return Vec::new() };
        let body = Arc::new(body);
        let outer = (std::mem::replace(&mut around.body, Arc::clone(&body)), around.id);
        around.id = facts.body;
        self.stack.push(function);
        let steps = self.block(around, &body.root);
        self.stack.pop();
        (around.body, around.id) = outer;
        steps
    }
}

/// Whether no loop of the code iterates over an expression, so that a loop recorded there is that of the call itself.
fn walks_itself(around: &Around<'_>, expr: ExprId) -> bool {
    let is_for = around
        .body
        .stmts
        .iter()
        .any(|stmt| matches!(stmt, python::Stmt::For { iterable, .. } if *iterable == expr));
    let is_clause = around.body.exprs.list.iter().any(|outer| match outer {
        Expr::Comprehension { clauses, .. } => clauses.iter().any(|clause| clause.iterable == expr),
        _ => false,
    });
    !is_for && !is_clause
}

/// The queries that run at an expression itself, not in a function called there.
fn queries(around: &mut Around<'_>, expr: ExprId, writes: bool) -> Vec<Step> {
    let site = Site { body: around.id, expr };
    let observed = around.observed;
    let analysis = &observed.analysis;
    let here = analysis.summary.effects.iter().zip(&analysis.hops);
    let here = here.filter(|(_, (at, below))| *at == site && below.is_none());
    let mut steps = Vec::new();
    for (effect, _) in here {
        let EffectKind::Query { what, model } = &effect.kind else { continue };
        // A relationship that was already read from a row is loaded.
        if what.starts_with("the lazy load of ") {
            let read = format!("{what} {}", words(&around.body, expr));
            let depth = around.loops.len();
            around.loaded.retain(|(_, at)| *at <= depth);
            if around.loaded.iter().any(|(known, _)| *known == read) {
                continue;
            }
            around.loaded.push((read, depth));
        }
        let is_write = writes || effect.is_pending || crate::library::writes(what);
        let kind =
            StepKind::Query { what: what.clone(), model: model.clone(), is_write, is_memo: effect.is_memo };
        let mut step = around.at(kind, expr);
        // Loops that aren't visible in the surrounding code: those of a serializer, or of the call itself.
        let mut around_it: Vec<_> = effect.loops.iter().collect();
        for label in &around.loops {
            if let Some(index) = around_it.iter().position(|it| it.label == *label) {
                around_it.remove(index);
            }
        }
        for info in around_it.into_iter().rev().filter(|info| info.bound == Bound::Data) {
            let kind = StepKind::Loop {
                each: info.each.clone(),
                label: info.label.clone(),
                bound: info.bound,
                steps: vec![step],
            };
            step = around.at(kind, expr);
        }
        steps.push(step);
    }
    steps
}
