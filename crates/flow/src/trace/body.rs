//! The steps of a body, statement by statement.

use std::sync::Arc;

use python::{Body, BodyId, Expr, ExprId, Name, Stmt, StmtId};

use super::words::{is_transaction, negated, words};
use super::{Arm, Place, Step, StepKind, Tracer};
use crate::walk::{Observed, Seen};
use crate::{FunctionRef, Kind, Site, Value};

/// Statements are followed to this depth.
const MAX_NESTING: usize = 48;

/// The body being followed: that of a function, or of a function nested in it.
pub(super) struct Around<'o> {
    pub(super) function: FunctionRef,
    pub(super) observed: &'o Observed,
    pub(super) given: &'o [(Name, Option<Value>)],
    pub(super) body: Arc<Body>,
    pub(super) id: BodyId,
    /// The surrounding loops, outermost first.
    pub(super) loops: Vec<Name>,
    /// Relationships that were loaded before: by the expression that they were read from, and the number of surrounding
    /// loops.
    pub(super) loaded: Vec<(String, usize)>,
    pub(super) nesting: usize,
}

impl Around<'_> {
    pub(super) fn place(&self, expr: ExprId) -> Place {
        Place { module: self.function.module, site: Site { body: self.id, expr } }
    }

    pub(super) fn at(&self, kind: StepKind, expr: ExprId) -> Step {
        Step { kind, place: Some(self.place(expr)) }
    }

    /// What the walk recorded at an expression.
    pub(super) fn seen(&self, expr: ExprId) -> impl Iterator<Item = &Seen> {
        let site = Site { body: self.id, expr };
        self.observed.seen.iter().filter(move |(at, _)| *at == site).map(|(_, seen)| seen)
    }
}

impl Tracer<'_> {
    /// The steps of a function.
    pub(super) fn steps_of(&mut self, function: FunctionRef, given: &[Option<Value>]) -> Vec<Step> {
        let file = model::query::file_of(self.db, self.project, function.module);
        let definitions = python::query::definitions(self.db, file);
        let Some(facts) = definitions.functions.get(function.function.0 as usize) else { return Vec::new() };
        let Some(body) = python::query::body(self.db, file, facts.body) else { return Vec::new() };
        let observed = crate::walk::observe(self.db, self.project, function, given);
        let names = facts.parameters.iter().map(|parameter| parameter.name.clone());
        let given: Vec<(Name, Option<Value>)> =
            names.zip(given.iter().cloned().chain(std::iter::repeat(None))).collect();
        let body = Arc::new(body);
        let mut around = Around {
            function,
            observed: &observed,
            given: &given,
            body: Arc::clone(&body),
            id: facts.body,
            loops: Vec::new(),
            loaded: Vec::new(),
            nesting: 0,
        };
        let steps = self.block(&mut around, &body.root);
        let is_atomic = facts.decorators.iter().any(|decorator| {
            let callee = match &definitions[*decorator] {
                Expr::Call { callee, .. } => *callee,
                _ => *decorator,
            };
            definitions.exprs.dotted(callee).is_some_and(|name| {
                let value = crate::types::names::at_top_level(self.db, self.project, function.module, &name);
                matches!(&value.kind, Kind::Foreign(full) if is_transaction(full))
            })
        });
        if is_atomic && !steps.is_empty() {
            return vec![Step { kind: StepKind::Transaction(steps), place: None }];
        }
        steps
    }

    pub(super) fn block(&mut self, around: &mut Around<'_>, block: &[StmtId]) -> Vec<Step> {
        let mut steps = Vec::new();
        if around.nesting >= MAX_NESTING {
            return steps;
        }
        around.nesting += 1;
        for id in block {
            self.statement(around, *id, &mut steps);
        }
        around.nesting -= 1;
        steps
    }

    fn statement(&mut self, around: &mut Around<'_>, id: StmtId, steps: &mut Vec<Step>) {
        let body = Arc::clone(&around.body);
        match &body[id] {
            Stmt::Expr(expr) | Stmt::AugAssign { value: expr, .. } => self.expression(around, *expr, steps),
            Stmt::Assign { value, .. } | Stmt::Return(value) => {
                if let Some(value) = value {
                    self.expression(around, *value, steps);
                }
            }
            Stmt::Raise { exception, .. } => {
                if let Some(exception) = exception {
                    self.expression(around, *exception, steps);
                    let named = match &body[*exception] {
                        Expr::Call { callee, .. } => *callee,
                        _ => *exception,
                    };
                    steps.push(around.at(StepKind::Raise(words(&body, named)), *exception));
                }
            }
            Stmt::If { test, body: holds, orelse } => {
                self.expression(around, *test, steps);
                match decided(around, *test) {
                    Some(true) => steps.extend(self.block(around, holds)),
                    Some(false) => steps.extend(self.block(around, orelse)),
                    None => {
                        let condition = words(&body, *test);
                        let otherwise = self.block(around, orelse);
                        let holds = self.block(around, holds);
                        let arms = [(condition, holds), (negated(&body, *test), otherwise)];
                        branch(around, *test, arms.into(), steps);
                    }
                }
            }
            Stmt::For { iterable, body: inner, orelse, .. } => {
                self.expression(around, *iterable, steps);
                self.looped(around, *iterable, steps, |tracer, around| tracer.block(around, inner));
                steps.extend(self.block(around, orelse));
            }
            Stmt::While { test, body: inner, orelse } => {
                self.repeated(around, *test, inner, steps);
                steps.extend(self.block(around, orelse));
            }
            Stmt::With { items, body: inner, .. } => self.with(around, items, inner, steps),
            Stmt::Try { body: inner, handlers, orelse, finally } => {
                steps.extend(self.block(around, inner));
                for handler in handlers {
                    let inner = self.block(around, &handler.body);
                    let caught = handler.exception.map_or("any error".to_owned(), |it| words(&body, it));
                    let at = handler.exception.unwrap_or(ExprId(0));
                    branch(around, at, vec![(format!("on {caught}"), inner)], steps);
                }
                steps.extend(self.block(around, orelse));
                steps.extend(self.block(around, finally));
            }
            Stmt::Match { subject, cases } => self.matched(around, *subject, cases, steps),
            Stmt::Assert { test, .. } => self.expression(around, *test, steps),
            Stmt::Import(_)
            | Stmt::Function(_)
            | Stmt::Class(_)
            | Stmt::Global(_)
            | Stmt::Delete(_)
            | Stmt::TypeAlias { .. }
            | Stmt::Break
            | Stmt::Continue
            | Stmt::Pass => {}
        }
    }

    /// A `while` statement, with an unknown number of rounds.
    fn repeated(&mut self, around: &mut Around<'_>, test: ExprId, block: &[StmtId], steps: &mut Vec<Step>) {
        self.expression(around, test, steps);
        let inner = self.block(around, block);
        if inner.is_empty() {
            return;
        }
        let each = format!("while {}", words(&around.body, test)).into();
        let kind = StepKind::Loop { each, label: Name::default(), bound: crate::Bound::Fixed, steps: inner };
        steps.push(around.at(kind, test));
    }

    /// A `match` statement.
    fn matched(
        &mut self,
        around: &mut Around<'_>,
        subject: ExprId,
        cases: &[python::MatchCase],
        steps: &mut Vec<Step>,
    ) {
        self.expression(around, subject, steps);
        let body = Arc::clone(&around.body);
        let mut arms = Vec::new();
        for case in cases {
            let values: Vec<String> = case.pattern.values.iter().map(|value| words(&body, *value)).collect();
            let values = if values.is_empty() { "anything else".to_owned() } else { values.join(" | ") };
            let condition = format!("{} is {values}", words(&body, subject));
            arms.push((condition, self.block(around, &case.body)));
        }
        branch(around, subject, arms, steps);
    }

    /// A `with` statement: entering, the block, and leaving.
    fn with(
        &mut self,
        around: &mut Around<'_>,
        items: &[python::WithItem],
        block: &[StmtId],
        steps: &mut Vec<Step>,
    ) {
        let mut exits = Vec::new();
        let mut transaction = None;
        for item in items {
            let begins = |step: &Step| match &step.kind {
                StepKind::Session { method, .. } => method.starts_with("begin"),
                StepKind::Library(name) => is_transaction(name),
                _ => false,
            };
            let mut entering = Vec::new();
            self.expression(around, item.manager, &mut entering);
            if entering.iter().any(begins) {
                transaction = Some(item.manager);
                entering.retain(|step| !begins(step));
            }
            steps.append(&mut entering);
            let found: Vec<(FunctionRef, Value)> = around
                .seen(item.manager)
                .filter_map(|seen| match seen {
                    Seen::Exit(function, manager) => Some((*function, manager.clone())),
                    _ => None,
                })
                .take(1)
                .collect();
            exits.extend(found.into_iter().map(|exit| (item.manager, exit)));
        }
        let inner = self.block(around, block);
        match transaction {
            Some(manager) if !inner.is_empty() => {
                steps.push(around.at(StepKind::Transaction(inner), manager));
            }
            _ => steps.extend(inner),
        }
        for (manager, (function, instance)) in exits.into_iter().rev() {
            let call = self.call(function, &[Some(instance)], None, 0, false);
            if !call.steps.is_empty() {
                steps.push(around.at(StepKind::Call(call), manager));
            }
        }
    }

    /// Wraps steps in the loop over `iterable`.
    pub(super) fn looped(
        &mut self,
        around: &mut Around<'_>,
        iterable: ExprId,
        steps: &mut Vec<Step>,
        inner: impl FnOnce(&mut Self, &mut Around<'_>) -> Vec<Step>,
    ) {
        let info = around.seen(iterable).find_map(|seen| match seen {
            Seen::Loop(info) => Some(info.clone()),
            _ => None,
        });
        let label = info.as_ref().map(|info| info.label.clone()).unwrap_or_default();
        around.loops.push(label.clone());
        let inner = inner(self, around);
        around.loops.pop();
        if inner.is_empty() {
            return;
        }
        let (each, bound) = info.map_or(("element".into(), crate::Bound::Data), |it| (it.each, it.bound));
        steps.push(around.at(StepKind::Loop { each, label, bound, steps: inner }, iterable));
    }
}

/// Adds a branch, unless all arms are empty.
pub(super) fn branch(around: &Around<'_>, at: ExprId, arms: Vec<(String, Vec<Step>)>, steps: &mut Vec<Step>) {
    let arms: Vec<Arm> = arms
        .into_iter()
        .filter(|(_, steps)| !steps.is_empty())
        .map(|(condition, steps)| Arm { condition, steps })
        .collect();
    if arms.is_empty() {
        return;
    }
    steps.push(around.at(StepKind::Branch(arms), at));
}

/// The value of a condition that is just a parameter, if the caller's arguments determine it.
fn decided(around: &Around<'_>, test: ExprId) -> Option<bool> {
    match &around.body[test] {
        Expr::Unary { op, operand } if op == "not" => decided(around, *operand).map(|holds| !holds),
        Expr::Name(name) => {
            let is_assigned = around.body.stmts.iter().any(|stmt| match stmt {
                Stmt::Assign { targets, .. } => targets
                    .iter()
                    .any(|target| matches!(&around.body[*target], Expr::Name(assigned) if assigned == name)),
                _ => false,
            });
            let given = around.given.iter().find(|(known, _)| known == name)?.1.as_ref()?;
            match given.kind {
                Kind::Flag(flag) if !is_assigned => Some(flag),
                Kind::None if !is_assigned => Some(false),
                _ => None,
            }
        }
        _ => None,
    }
}
