//! Nested functions. They see the names of the enclosing function, so they are walked where they are called.

use std::sync::Arc;

use python::{FunctionId, Scope};

use super::Walker;
use super::arguments::bind_arguments;
use crate::interpreter::Arguments;
use crate::{FunctionRef, Kind, Value};

/// Nested functions are walked to this depth.
const MAX_INNER: u32 = 2;

impl Walker<'_> {
    /// Executes a nested function statement.
    pub(super) fn define(&mut self, function: FunctionId) {
        let facts = &self.definitions[function];
        let reference = FunctionRef { module: self.function.module, function };
        // A first-party decorator may replace the function with anything; those of the standard library preserve its
        // behaviour.
        let value = Value::of(Kind::Function(reference));
        self.environment.set(facts.name.clone(), value);
    }

    /// Calls a nested function of the one being walked; `None` if it is another function.
    pub(super) fn call_inner(
        &mut self,
        expr: python::ExprId,
        function: FunctionRef,
        arguments: &Arguments,
    ) -> Option<Value> {
        let definitions = Arc::clone(&self.definitions);
        if function.module != self.function.module || self.around.inner >= MAX_INNER {
            return None;
        }
        let facts = definitions.functions.get(function.function.0 as usize)?;
        if facts.scope != Scope::Function(self.function.function) {
            return None;
        }
        // The effects of a recursive call were already walked.
        if facts.body == self.body_id || self.around.callers.iter().any(|caller| caller.body == facts.body) {
            return Some(Value::UNKNOWN);
        }
        let body = python::query::body(self.db, self.file, facts.body)?;
        let bound = bind_arguments(facts, None, arguments);
        let outside = self.environment.clone();
        for (parameter, value) in facts.parameters.iter().zip(bound) {
            let value = value.or_else(|| {
                let annotation = parameter.annotation?;
                Some(crate::types::annotation::value(
                    self.db,
                    self.project,
                    self.function.module,
                    &definitions.exprs,
                    annotation,
                ))
            });
            self.environment.set(parameter.name.clone(), value.unwrap_or_default());
        }
        let body = Arc::new(body);
        self.around.callers.push(self.site(expr));
        let (outer_body, outer_id) = (
            std::mem::replace(&mut self.body, Arc::clone(&body)),
            std::mem::replace(&mut self.body_id, facts.body),
        );
        let (returned, yielded) = (self.answer.returned.take(), self.answer.yielded.take());
        let outside_frames = std::mem::replace(&mut self.around.outside, self.around.frames.len());
        self.around.inner += 1;
        self.block(&body.root);
        self.around.inner -= 1;
        self.around.outside = outside_frames;
        let value = match (self.answer.yielded.take(), self.answer.returned.take()) {
            (Some(value), _) => value.many(),
            (None, value) => value.unwrap_or(Value::of(Kind::None)),
        };
        (self.answer.returned, self.answer.yielded) = (returned, yielded);
        (self.body, self.body_id) = (outer_body, outer_id);
        self.around.callers.pop();
        self.environment = outside;
        if facts.is_async && !facts.is_generator {
            let deps = value.deps;
            return Some(Value::of(Kind::Awaitable(value.into())).with_deps(deps));
        }
        Some(value)
    }
}
