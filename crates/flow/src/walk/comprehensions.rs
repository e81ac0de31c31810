//! Comprehensions, generator expressions and lambdas: loops and functions in an expression.

use std::sync::Arc;

use python::{ComprehensionClause, ComprehensionKind, Expr, ExprId};

use super::Walker;
use super::expressions::awaited;
use super::targets::mapping;
use crate::{Kind, Site, Value};

/// What is made of the elements of a comprehension.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Takes {
    /// All of them are.
    All,
    /// Their truth is tested: `any(...)`.
    Truth,
    /// The first: `next(...)`.
    One,
}

impl Walker<'_> {
    pub(super) fn comprehension(
        &mut self,
        kind: ComprehensionKind,
        element: ExprId,
        value: Option<ExprId>,
        clauses: &[ComprehensionClause],
        takes: Takes,
    ) -> Value {
        let outer = self.around.frames.len();
        let mut outside = None;
        // What the first condition reads of each row, whether or not it is kept.
        let mut asked = Vec::new();
        for clause in clauses {
            let iterable = self.eval(clause.iterable);
            let iterable = if clause.is_async { awaited(&iterable) } else { iterable };
            let around = std::mem::replace(&mut self.around.is_awaiting, clause.is_async);
            let one = self.element(clause.iterable, &iterable);
            self.around.is_awaiting = around;
            // What the first one walks is evaluated outside: a queryset keeps its rows.
            outside.get_or_insert_with(|| self.environment.clone());
            let info = self.describe_loop(clause.target, clause.iterable, &iterable, &one, &[]);
            let site = self.site(clause.iterable);
            let deps = self.enter_loop(info, site, false);
            self.bind(clause.target, one.with_deps(deps));
            self.know_element(clause.target, clause.iterable);
            for (index, condition) in clause.conditions.iter().enumerate() {
                self.test(*condition);
                if index == 0 && clauses.len() == 1 {
                    asked = self.read_of_each(clause.target, clause.iterable, &[]);
                }
                self.narrow_null(*condition, true);
                self.narrow_loaded(*condition, true);
            }
        }
        // Of one element only the conditions are asked of each.
        let inner = if takes == Takes::One { self.around.frames.split_off(outer) } else { Vec::new() };
        let mut result = if takes == Takes::Truth { self.test(element) } else { self.eval(element) };
        self.around.frames.extend(inner);
        if let Some(value) = value {
            result = self.eval(value);
        }
        result = self.parts_a_round(result);
        for _ in clauses {
            self.leave_loop();
        }
        let read = match clauses {
            [only] if only.conditions.is_empty() => self.read_of_each(only.target, only.iterable, &[]),
            _ => asked,
        };
        let kept = match (clauses, &self.body[element]) {
            ([only], Expr::Name(name)) if matches!(&self.body[only.target], Expr::Name(it) if it == name) => {
                Some((element, self.known_of(&name.clone())))
            }
            _ => None,
        };
        if let Some(outside) = outside {
            self.environment = outside;
        }
        for read in read {
            self.environment.note_read(read);
        }
        self.kept_rows = kept;
        match kind {
            // One chunk represents all of them: there are few chunks, and each contains many elements.
            _ if self.cuts(element, clauses) => {
                let deps = result.deps;
                Value::of(Kind::Tuple([result].into())).with_deps(deps)
            }
            ComprehensionKind::Dict => mapping(result),
            ComprehensionKind::List | ComprehensionKind::Set | ComprehensionKind::Generator => result.many(),
        }
    }

    /// Calls a lambda: its parameters are the arguments, its other names those of the enclosing body.
    pub(super) fn call_lambda(&mut self, lambda: Site, arguments: &[Value]) -> Value {
        // A lambda passed to an inner function was written in another body, whose names aren't visible there.
        if lambda.body != self.body_id {
            return Value::UNKNOWN;
        }
        let body = Arc::clone(&self.body);
        let python::Expr::Lambda { parameters, body: result } = &body[lambda.expr] else {
            return Value::UNKNOWN;
        };
        let outside = self.environment.clone();
        for (name, value) in parameters.iter().zip(arguments) {
            self.environment.set(name.clone(), value.clone());
        }
        let value = self.eval(*result);
        self.environment = outside;
        value
    }
}
