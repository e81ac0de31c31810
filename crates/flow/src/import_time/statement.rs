//! Execution of statements while a module is loaded.

use std::sync::Arc;

use python::{Expr, ExprArena, ExprId, FunctionId, Literal, Name, Stmt, StmtId};

use super::SideEffect;
use super::frame::{Frame, FrameKind};
use super::thing::{Thing, ThingKind};
use super::walker::Walker;
use crate::FunctionRef;

/// When the branches of a condition run.
enum Test {
    /// Never at run time, or not during an import.
    Never,
    /// Always.
    Always,
    Open,
}

impl Walker<'_> {
    pub(super) fn block(&mut self, frame: &mut Frame, stmts: &[StmtId], is_sure: bool) {
        for stmt in stmts {
            self.statement(frame, *stmt, is_sure);
        }
    }

    pub(super) fn statement(&mut self, frame: &mut Frame, id: StmtId, is_sure: bool) {
        if self.enter() {
            let body = Arc::clone(&frame.body);
            self.run(frame, &body[id], is_sure);
            self.leave();
        }
    }

    fn run(&mut self, frame: &mut Frame, stmt: &Stmt, is_sure: bool) {
        let body = Arc::clone(&frame.body);
        let exprs = &body.exprs;
        match stmt {
            Stmt::Expr(value) => drop(self.value(frame, exprs, *value)),
            Stmt::Assign { targets, annotation, value } => {
                if let Some(annotation) =
                    annotation.filter(|_| frame.kind != FrameKind::Function && !frame.has_lazy_annotations())
                {
                    self.value(frame, exprs, annotation);
                }
                if let Some(value) = value {
                    let thing = self.value(frame, exprs, *value);
                    for target in targets {
                        self.assign(frame, exprs, *target, &thing, Some(*value), is_sure);
                    }
                }
            }
            Stmt::AugAssign { target, value, .. } => {
                self.value(frame, exprs, *value);
                let thing = self.value(frame, exprs, *target);
                match &exprs[*target] {
                    // `+=` modifies a list in place.
                    Expr::Name(_) if thing.is_shared && thing.kind != ThingKind::Plain => {
                        self.changes(exprs, *target);
                    }
                    Expr::Name(_) => {}
                    _ => self.assign(frame, exprs, *target, &Thing::UNKNOWN, None, is_sure),
                }
            }
            Stmt::Return(value) => {
                let thing = value.map_or(Thing::PLAIN, |value| self.value(frame, exprs, value));
                frame.returned = Some(match frame.returned.take() {
                    Some(before) => before.join(&thing),
                    None => thing,
                });
                frame.may_be_left = true;
            }
            Stmt::Raise { exception, .. } => {
                if let Some(exception) = exception {
                    self.value(frame, exprs, *exception);
                }
                if is_sure && !frame.may_be_left {
                    self.side_effect(SideEffect::Raises);
                }
                frame.may_be_left |= frame.kind == FrameKind::Function;
            }
            Stmt::If { test, body, orelse } => match when(exprs, *test) {
                Test::Never => self.block(frame, orelse, is_sure),
                Test::Always => self.block(frame, body, is_sure),
                Test::Open => {
                    self.value(frame, exprs, *test);
                    self.block(frame, body, false);
                    self.block(frame, orelse, false);
                }
            },
            Stmt::For { target, iterable, body, orelse, .. } => {
                let iterable = self.value(frame, exprs, *iterable);
                let element = Self::element(&iterable);
                self.assign(frame, exprs, *target, &element, None, false);
                self.block(frame, body, false);
                self.block(frame, orelse, false);
            }
            Stmt::While { test, body, orelse } => {
                self.value(frame, exprs, *test);
                self.block(frame, body, false);
                self.block(frame, orelse, false);
            }
            Stmt::With { items, body, .. } => {
                for item in items {
                    let manager = self.value(frame, exprs, item.manager);
                    if let Some(target) = item.target {
                        self.assign(frame, exprs, target, &manager, None, is_sure);
                    }
                    if let ThingKind::Instance(_) = manager.kind {
                        for method in ["__enter__", "__exit__"] {
                            self.special(&manager, method, &[]);
                        }
                    }
                }
                self.block(frame, body, is_sure);
            }
            Stmt::Try { body, handlers, orelse, finally } => {
                self.block(frame, body, is_sure && handlers.is_empty());
                for handler in handlers {
                    if let Some(name) = &handler.name {
                        self.bind(frame, name, Thing::UNKNOWN, false);
                    }
                    self.block(frame, &handler.body, false);
                }
                self.block(frame, orelse, is_sure && handlers.is_empty());
                self.block(frame, finally, is_sure);
            }
            Stmt::Match { subject, cases } => {
                self.value(frame, exprs, *subject);
                for case in cases {
                    for name in &case.pattern.bindings {
                        self.bind(frame, name, Thing::UNKNOWN, false);
                    }
                    if let Some(guard) = case.guard {
                        self.value(frame, exprs, guard);
                    }
                    self.block(frame, &case.body, false);
                }
            }
            Stmt::Import(ids) => ids.iter().for_each(|id| self.import(frame, *id, is_sure)),
            Stmt::Function(id) => self.define(frame, *id, is_sure),
            Stmt::Class(id) => self.class(frame, *id, is_sure),
            Stmt::Global(names) => {
                // `nonlocal` has the same representation; a name of an enclosing function is never the module's.
                let is_around =
                    |name: &&Name| frame.captured.as_ref().is_some_and(|it| it.contains_key(*name));
                let globals: Vec<Name> = names.iter().filter(|name| !is_around(name)).cloned().collect();
                frame.globals.extend(globals);
            }
            Stmt::Delete(targets) => {
                for target in targets {
                    if !matches!(exprs[*target], Expr::Name(_)) {
                        self.assign(frame, exprs, *target, &Thing::UNKNOWN, None, is_sure);
                    }
                }
            }
            Stmt::Assert { test, message } => {
                self.value(frame, exprs, *test);
                if let Some(message) = message {
                    self.value(frame, exprs, *message);
                }
            }
            Stmt::TypeAlias { name, .. } => self.bind(frame, name, Thing::PLAIN, is_sure),
            Stmt::Break | Stmt::Continue | Stmt::Pass => {}
        }
    }

    /// The element type of `iterable`.
    pub(super) fn element(iterable: &Thing) -> Thing {
        if iterable.kind == ThingKind::Plain { Thing::PLAIN } else { Thing::UNKNOWN }
    }

    /// Assigns `thing` to a target, or deletes it. Modifying an object of another module is a side effect.
    fn assign(
        &mut self,
        frame: &mut Frame,
        exprs: &ExprArena,
        target: ExprId,
        thing: &Thing,
        value: Option<ExprId>,
        is_sure: bool,
    ) {
        match &exprs[target] {
            Expr::Name(name) => self.bind(frame, name, thing.clone(), is_sure),
            Expr::Tuple(targets) | Expr::List(targets) => {
                let parts = match value.map(|value| &exprs[value]) {
                    Some(Expr::Tuple(parts) | Expr::List(parts)) if parts.len() == targets.len() => {
                        Some(parts)
                    }
                    _ => None,
                };
                for (index, target) in targets.iter().enumerate() {
                    let part = match parts.map(|parts| &exprs[parts[index]]) {
                        Some(Expr::Literal(_)) => Thing::PLAIN,
                        _ => Self::element(thing),
                    };
                    self.assign(frame, exprs, *target, &part, None, is_sure);
                }
            }
            Expr::Starred(inner) => self.assign(frame, exprs, *inner, &Thing::FRESH, None, is_sure),
            Expr::Attribute { value, .. } => {
                let owner = self.value(frame, exprs, *value);
                if owner.is_shared {
                    self.changes(exprs, target);
                }
            }
            Expr::Subscript { value, index } => {
                let owner = self.owner(frame, exprs, *value);
                self.value(frame, exprs, *index);
                if owner.is_shared {
                    self.changes(exprs, *value);
                } else {
                    self.special(&owner, "__setitem__", &[]);
                }
            }
            _ => drop(self.value(frame, exprs, target)),
        }
    }

    pub(super) fn changes(&mut self, exprs: &ExprArena, target: ExprId) {
        let what = exprs.dotted(target).unwrap_or_else(|| "an object of another module".to_owned());
        self.side_effect(SideEffect::Changes(what.into()));
    }

    /// Executes a function statement: its decorators, defaults and annotations run now.
    fn define(&mut self, frame: &mut Frame, id: FunctionId, is_sure: bool) {
        let definitions = Arc::clone(&frame.definitions);
        let function = &definitions[id];
        let exprs = &definitions.exprs;
        let decorators: Vec<Thing> =
            function.decorators.iter().map(|decorator| self.value(frame, exprs, *decorator)).collect();
        for parameter in &function.parameters {
            if let Some(default) = parameter.default {
                self.value(frame, exprs, default);
            }
        }
        if !frame.has_lazy_annotations() {
            let annotations = function.parameters.iter().filter_map(|parameter| parameter.annotation);
            for annotation in annotations.chain(function.returns) {
                self.value(frame, exprs, annotation);
            }
        }
        let at = FunctionRef { module: frame.module, function: id };
        let mut thing = Thing::own(ThingKind::Function(at, frame.visible()));
        for (decorator, expr) in decorators.iter().zip(&function.decorators).rev() {
            thing = self.decorate(frame, exprs, *expr, decorator, thing);
        }
        self.bind(frame, &function.name, thing, is_sure);
    }

    /// Calls a decorator. Library decorators are assumed to return something that does the same.
    pub(super) fn decorate(
        &mut self,
        frame: &mut Frame,
        exprs: &ExprArena,
        decorator: ExprId,
        with: &Thing,
        thing: Thing,
    ) -> Thing {
        let callee = match &exprs[decorator] {
            Expr::Call { callee, .. } => *callee,
            Expr::Lambda { parameters, body } => {
                let outer = frame.targets.len();
                frame.targets.extend(parameters.iter().map(|name| (name.clone(), thing.clone())));
                let result = self.value(frame, exprs, *body);
                frame.targets.truncate(outer);
                return result;
            }
            _ => decorator,
        };
        let what = exprs.dotted(callee).unwrap_or_else(|| "a decorator".to_owned());
        let result = self.call(frame, with, &[(None, thing.clone())], &what.into(), None);
        if with.is_callable_of_project() { result } else { thing }
    }
}

/// When a branch runs while a module is loaded.
fn when(exprs: &ExprArena, test: ExprId) -> Test {
    match &exprs[test] {
        _ if exprs.is_main_guard(test) => Test::Never,
        _ if exprs.is_import_guard(test) => Test::Always,
        Expr::Name(name) if name == "TYPE_CHECKING" => Test::Never,
        Expr::Attribute { name, .. } if name == "TYPE_CHECKING" => Test::Never,
        Expr::Literal(Literal::Bool(false) | Literal::Int(0)) => Test::Never,
        Expr::Unary { op, operand } if op == "not" => match when(exprs, *operand) {
            Test::Never => Test::Always,
            Test::Always => Test::Never,
            Test::Open => Test::Open,
        },
        Expr::Bool { is_and: true, left, right } => {
            let sides = [when(exprs, *left), when(exprs, *right)];
            if sides.iter().any(|side| matches!(side, Test::Never)) { Test::Never } else { Test::Open }
        }
        _ => Test::Open,
    }
}
