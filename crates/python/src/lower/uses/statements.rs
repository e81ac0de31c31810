//! The bindings of statements and definitions, and the roles of their expressions.

use std::slice::from_ref;

use super::roles::{Mark, Role};
use super::scopes::{ScopeId, ScopeKind};
use super::{Gathering, binds};
use crate::{Arg, ClassId, ExprId, FunctionId, ImportId, Name, Stmt, UseContext};

impl<'f> Gathering<'f> {
    /// Records the bindings of a statement, and assigns roles to its outermost expressions.
    pub(super) fn statement(&mut self, stmt: &'f Stmt, scope: ScopeId, marks: &mut [Mark]) {
        let mut mark = |ids: &[ExprId], role: Role| {
            for id in ids {
                marks[id.0 as usize] = Mark { role, scope };
            }
        };
        match stmt {
            Stmt::Expr(value) => mark(from_ref(value), Role::VALUE),
            Stmt::Return(value) => mark(value.as_slice(), Role::VALUE),
            Stmt::Assign { targets, annotation, value } => {
                mark(targets, Role::Target);
                mark(annotation.as_slice(), Role::ANNOTATION);
                mark(value.as_slice(), Role::VALUE);
            }
            Stmt::AugAssign { target, value, .. } => {
                mark(from_ref(target), Role::Target);
                mark(from_ref(value), Role::VALUE);
            }
            Stmt::Raise { exception, cause } => {
                mark(exception.as_slice(), Role::Use(UseContext::Raise));
                mark(cause.as_slice(), Role::VALUE);
            }
            Stmt::If { test, .. } | Stmt::While { test, .. } => mark(from_ref(test), Role::VALUE),
            Stmt::For { target, iterable, .. } => {
                mark(from_ref(target), Role::Target);
                mark(from_ref(iterable), Role::VALUE);
            }
            Stmt::With { items, .. } => {
                for item in items {
                    mark(from_ref(&item.manager), Role::VALUE);
                    mark(item.target.as_slice(), Role::Target);
                }
            }
            Stmt::Try { handlers, .. } => {
                for handler in handlers {
                    mark(handler.exception.as_slice(), Role::Use(UseContext::Except));
                    self.bind_all(scope, handler.name.as_slice());
                }
            }
            Stmt::Match { subject, cases } => {
                mark(from_ref(subject), Role::VALUE);
                for case in cases {
                    mark(&case.pattern.values, Role::VALUE);
                    mark(case.guard.as_slice(), Role::VALUE);
                    self.bind_all(scope, &case.pattern.bindings);
                }
            }
            Stmt::Import(ids) => self.import(ids, scope),
            Stmt::Function(id) => self.function(*id, scope),
            Stmt::Class(id) => self.class(*id, scope),
            Stmt::Global(names) => {
                for name in names {
                    if let Some(name) = self.names.get(name.as_str()) {
                        self.scopes.declare_outer(scope, *name);
                    }
                }
            }
            Stmt::Delete(targets) => mark(targets, Role::Deleted),
            Stmt::Assert { test, message } => {
                mark(from_ref(test), Role::VALUE);
                mark(message.as_slice(), Role::VALUE);
            }
            Stmt::TypeAlias { name, parameters, bounds, value } => {
                self.bind(scope, name);
                let inner = self.type_parameters(parameters, scope);
                for id in bounds.iter().chain([value]) {
                    marks[id.0 as usize] = Mark { role: Role::ANNOTATION, scope: inner };
                }
            }
            Stmt::Break | Stmt::Continue | Stmt::Pass => {}
        }
    }

    fn import(&mut self, ids: &[ImportId], scope: ScopeId) {
        for id in ids {
            let import = &self.imports[*id];
            if binds(import)
                && let Some(name) = import.bound_name().and_then(|name| self.names.get(name))
            {
                self.scopes.bind_import(scope, *name, *id);
            }
        }
    }

    pub(super) fn bind_all(&mut self, scope: ScopeId, names: &[Name]) {
        for name in names {
            self.bind(scope, name);
        }
    }

    pub(super) fn bind(&mut self, scope: ScopeId, name: &str) {
        if let Some(name) = self.names.get(name) {
            self.scopes.bind_other(scope, *name);
        }
    }

    fn mark_signature(&mut self, id: ExprId, role: Role, scope: ScopeId) {
        self.signatures[id.0 as usize] = Mark { role, scope };
    }

    /// Decorators and defaults are evaluated where the function is defined; annotations additionally see its type
    /// parameters.
    fn function(&mut self, id: FunctionId, scope: ScopeId) {
        let function = &self.definitions[id];
        self.bind(scope, &function.name);
        for decorator in &function.decorators {
            self.mark_signature(*decorator, Role::Use(UseContext::Decorator), scope);
        }
        let outer = self.type_parameters(&function.type_parameters, scope);
        for bound in &function.type_bounds {
            self.mark_signature(*bound, Role::ANNOTATION, outer);
        }
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
        for bound in &class.type_bounds {
            self.mark_signature(*bound, Role::ANNOTATION, outer);
        }
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

    /// The scope of `[T]`, if there is one.
    fn type_parameters(&mut self, names: &[Name], scope: ScopeId) -> ScopeId {
        if !names.iter().any(|name| self.names.contains_key(name.as_str())) {
            return scope;
        }
        let inner = self.scopes.push(Some(scope), ScopeKind::Nested, self.scopes.function(scope));
        self.bind_all(inner, names);
        inner
    }
}
