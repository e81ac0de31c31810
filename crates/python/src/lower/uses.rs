//! Where imported names are used, by Python's scoping.
//!
//! Runs over the facts after the walk, since a scope is known only when its last binding has been seen. Two steps: gather
//! what binds and what may be a use, then resolve each against the scopes around it. Expressions are visited from the
//! last to the first: parents stand behind their children, so that each is told its role before its turn comes, without
//! recursion. A use in an expression deeper than the limit is not seen.

mod annotations;
mod roles;
mod scopes;

use rustc_hash::FxHashMap;
use source::Span;

use roles::{Mark, Role};
use scopes::{ScopeId, ScopeKind, Scopes};

use crate::{
    Arg, Bodies, Body, BodySpans, ClassId, Definitions, ExprArena, ExprId, FunctionId, ImportKind, Imports,
    NameUse, Spans, Stmt, UseContext,
};

/// Number of a name that some import binds; all others are of no interest.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct NameId(u32);

/// What may be a use.
struct Candidate {
    scope: ScopeId,
    name: NameId,
    attributes: crate::Name,
    context: UseContext,
    span: Span,
}

struct Gathering<'f> {
    text: &'f str,
    imports: &'f Imports,
    definitions: &'f Definitions,
    names: FxHashMap<&'f str, NameId>,
    scopes: Scopes,
    /// By body: the scope that it runs in.
    body_scopes: Vec<ScopeId>,
    /// Roles of the expressions of the current body.
    marks: Vec<Mark>,
    /// Roles of the expressions of signatures.
    signatures: Vec<Mark>,
    candidates: Vec<Candidate>,
}

/// The uses of imported names, in source order.
pub(super) fn uses(
    text: &str,
    imports: &Imports,
    definitions: &Definitions,
    bodies: &Bodies,
    spans: &Spans,
) -> Vec<NameUse> {
    let mut names = FxHashMap::default();
    for import in &imports.list {
        if binds(import)
            && let Some(name) = import.bound_name()
        {
            let next = NameId(names.len() as u32);
            names.entry(name).or_insert(next);
        }
    }
    if names.is_empty() {
        return Vec::new();
    }
    let mut scopes = Scopes::default();
    let module = scopes.push(None, ScopeKind::Module, None);
    let mut gathering = Gathering {
        text,
        imports,
        definitions,
        names,
        scopes,
        body_scopes: vec![module; bodies.list.len()],
        marks: Vec::new(),
        signatures: vec![Mark::default(); definitions.exprs.list.len()],
        candidates: Vec::new(),
    };
    // Outer bodies come first and say in which scope the inner ones run.
    for (index, (body, spans)) in bodies.list.iter().zip(&spans.bodies).enumerate() {
        let scope = gathering.body_scopes[index];
        gathering.body(body, spans, scope);
    }
    let mut signatures = std::mem::take(&mut gathering.signatures);
    gathering.expressions(&definitions.exprs, &spans.signatures, &mut signatures);
    gathering.resolve()
}

/// `from __future__ import annotations` binds a name too, but nobody means it.
fn binds(import: &crate::Import) -> bool {
    !(import.kind == ImportKind::From && import.level == 0 && import.module == "__future__")
}

impl<'f> Gathering<'f> {
    fn resolve(self) -> Vec<NameUse> {
        let Self { imports, scopes, candidates, .. } = self;
        let mut uses: Vec<NameUse> = candidates
            .into_iter()
            .filter_map(|candidate| {
                let Candidate { scope, name, attributes, context, span } = candidate;
                let import = scopes.resolve(imports, scope, name, &attributes)?;
                Some(NameUse { import, attributes, context, function: scopes.function(scope), span })
            })
            .collect();
        uses.sort_by_key(|used| (used.span.start, used.span.end));
        uses
    }

    fn body(&mut self, body: &'f Body, spans: &BodySpans, scope: ScopeId) {
        let mut marks = std::mem::take(&mut self.marks);
        marks.clear();
        marks.resize(body.exprs.list.len(), Mark::default());
        for stmt in &body.stmts {
            self.statement(stmt, scope, &mut marks);
        }
        self.expressions(&body.exprs, &spans.exprs, &mut marks);
        self.marks = marks;
    }

    /// Records what a statement binds, and gives its outermost expressions their roles.
    fn statement(&mut self, stmt: &'f Stmt, scope: ScopeId, marks: &mut [Mark]) {
        let mut mark = |id: ExprId, role: Role| marks[id.0 as usize] = Mark { role, scope };
        match stmt {
            Stmt::Expr(value) => mark(*value, Role::VALUE),
            Stmt::Assign { targets, annotation, value } => {
                targets.iter().for_each(|target| mark(*target, Role::Target));
                annotation.iter().for_each(|annotation| mark(*annotation, Role::ANNOTATION));
                value.iter().for_each(|value| mark(*value, Role::VALUE));
            }
            Stmt::AugAssign { target, value, .. } => {
                mark(*target, Role::Target);
                mark(*value, Role::VALUE);
            }
            Stmt::Return(value) => value.iter().for_each(|value| mark(*value, Role::VALUE)),
            Stmt::Raise { exception, cause } => {
                exception.iter().for_each(|raised| mark(*raised, Role::Use(UseContext::Raise)));
                cause.iter().for_each(|cause| mark(*cause, Role::VALUE));
            }
            Stmt::If { test, .. } | Stmt::While { test, .. } => mark(*test, Role::VALUE),
            Stmt::For { target, iterable, .. } => {
                mark(*target, Role::Target);
                mark(*iterable, Role::VALUE);
            }
            Stmt::With { items, .. } => {
                for item in items {
                    mark(item.manager, Role::VALUE);
                    item.target.iter().for_each(|target| mark(*target, Role::Target));
                }
            }
            Stmt::Try { handlers, .. } => {
                for handler in handlers {
                    handler.exception.iter().for_each(|caught| mark(*caught, Role::Use(UseContext::Except)));
                    if let Some(name) = &handler.name {
                        self.bind(scope, name);
                    }
                }
            }
            Stmt::Match { subject, cases } => {
                mark(*subject, Role::VALUE);
                for case in cases {
                    case.pattern.values.iter().for_each(|value| mark(*value, Role::VALUE));
                    case.guard.iter().for_each(|guard| mark(*guard, Role::VALUE));
                    case.pattern.bindings.iter().for_each(|name| self.bind(scope, name));
                }
            }
            Stmt::Import(ids) => {
                for id in ids {
                    let import = &self.imports[*id];
                    if binds(import)
                        && let Some(name) = import.bound_name().and_then(|name| self.names.get(name))
                    {
                        self.scopes.bind_import(scope, *name, *id);
                    }
                }
            }
            Stmt::Function(id) => self.function(*id, scope),
            Stmt::Class(id) => self.class(*id, scope),
            Stmt::Global(names) => {
                for name in names {
                    if let Some(name) = self.names.get(name.as_str()) {
                        self.scopes.declare_outer(scope, *name);
                    }
                }
            }
            Stmt::Delete(targets) => targets.iter().for_each(|target| mark(*target, Role::Deleted)),
            Stmt::Assert { test, message } => {
                mark(*test, Role::VALUE);
                message.iter().for_each(|message| mark(*message, Role::VALUE));
            }
            Stmt::TypeAlias { name, value } => {
                self.bind(scope, name);
                mark(*value, Role::ANNOTATION);
            }
            Stmt::Break | Stmt::Continue | Stmt::Pass => {}
        }
    }

    fn bind(&mut self, scope: ScopeId, name: &str) {
        if let Some(name) = self.names.get(name) {
            self.scopes.bind_other(scope, *name);
        }
    }

    fn mark_signature(&mut self, id: ExprId, role: Role, scope: ScopeId) {
        self.signatures[id.0 as usize] = Mark { role, scope };
    }

    /// Decorators and defaults run where the function is defined, annotations see its type parameters besides.
    fn function(&mut self, id: FunctionId, scope: ScopeId) {
        let function = &self.definitions[id];
        self.bind(scope, &function.name);
        for decorator in &function.decorators {
            self.mark_signature(*decorator, Role::Use(UseContext::Decorator), scope);
        }
        let outer = self.type_parameters(&function.type_parameters, scope);
        let inner = self.scopes.push(Some(outer), ScopeKind::Function, Some(id));
        for parameter in &function.parameters {
            self.bind(inner, &parameter.name);
            if let Some(annotation) = parameter.annotation {
                self.mark_signature(annotation, Role::ANNOTATION, outer);
            }
            if let Some(default) = parameter.default {
                self.mark_signature(default, Role::Use(UseContext::Default), scope);
            }
        }
        if let Some(returns) = function.returns {
            self.mark_signature(returns, Role::ANNOTATION, outer);
        }
        self.body_scopes[function.body.0 as usize] = inner;
    }

    fn class(&mut self, id: ClassId, scope: ScopeId) {
        let class = &self.definitions[id];
        self.bind(scope, &class.name);
        for decorator in &class.decorators {
            self.mark_signature(*decorator, Role::Use(UseContext::Decorator), scope);
        }
        let outer = self.type_parameters(&class.type_parameters, scope);
        for base in &class.bases {
            let role = match base {
                Arg::Keyword(name, _) if name != "metaclass" => Role::VALUE,
                _ => Role::Use(UseContext::Base),
            };
            self.mark_signature(base.value(), role, outer);
        }
        let function = self.scopes.function(scope);
        self.body_scopes[class.body.0 as usize] = self.scopes.push(Some(outer), ScopeKind::Class, function);
    }

    /// The scope of `[T]`, where there is one.
    fn type_parameters(&mut self, names: &[crate::Name], scope: ScopeId) -> ScopeId {
        if !names.iter().any(|name| self.names.contains_key(name.as_str())) {
            return scope;
        }
        let inner = self.scopes.push(Some(scope), ScopeKind::Nested, self.scopes.function(scope));
        names.iter().for_each(|name| self.bind(inner, name));
        inner
    }

    /// Visits the marked expressions of an arena.
    fn expressions(&mut self, exprs: &ExprArena, spans: &[Span], marks: &mut [Mark]) {
        for index in (0..exprs.list.len()).rev() {
            let Mark { role, scope } = marks[index];
            if role != Role::Unreached {
                self.expression(exprs, spans, marks, ExprId(index as u32), role, scope);
            }
        }
    }
}
