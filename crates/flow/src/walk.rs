//! Walks a body once, with the values of its names, and writes down what happens.

use std::sync::Arc;

use model::{ClassRef, Entity, Orm, Project};
use python::{BodyId, ExprId};

use crate::library::Arguments;
use crate::{Analysis, Db, Deps, FunctionRef, ModelRef, QueryState, Value};

/// What one function does.
pub(crate) fn analyse(_db: &dyn Db, _project: Project, _function: FunctionRef) -> Analysis {
    Analysis::default()
}

/// Walks one function.
pub(crate) struct Walker<'a> {
    /// For what other modules say.
    pub(crate) db: &'a dyn Db,
    /// The project.
    pub(crate) project: Project,
    /// The function that is walked.
    pub(crate) function: FunctionRef,
    /// Its body.
    pub(crate) body: &'a python::Body,
    /// The id of its body.
    pub(crate) body_id: BodyId,
    /// Whether it is `async`.
    pub(crate) is_async: bool,
}

impl Walker<'_> {
    /// The entity that a class is.
    pub(crate) fn entity(&self, class: &ClassRef) -> Option<Arc<Entity>> {
        model::query::entity(self.db, self.project, class.module, class.name.clone())
    }

    /// A new query that begins at `expr`.
    pub(crate) fn begin(&mut self, _expr: ExprId, _model: ModelRef, _orm: Orm) -> QueryState {
        unreachable!("follows")
    }

    /// Writes down that a query runs at `expr`: `what` names it in words, `deps` say what it depends on.
    pub(crate) fn runs(&mut self, _expr: ExprId, _what: &str, _model: ModelRef, _deps: Deps) {}

    /// Writes down that the query runs at `expr` (walked, counted, executed), unless it is what a loaded relationship
    /// holds; and gives one of its rows.
    pub(crate) fn run(&mut self, _expr: ExprId, _query: &QueryState) -> Value {
        Value::UNKNOWN
    }

    /// One row of a query, without running it.
    pub(crate) fn row(&self, _query: &QueryState) -> Value {
        Value::UNKNOWN
    }

    /// One element of a value that is walked at `expr`; runs it where it is a query that runs itself.
    pub(crate) fn element(&mut self, _expr: ExprId, _value: &Value) -> Value {
        Value::UNKNOWN
    }

    /// Calls a value with arguments: a function of the project, a method, a class, a partial, a lambda.
    pub(crate) fn call(&mut self, _expr: ExprId, _callee: &Value, _arguments: &Arguments) -> Value {
        Value::UNKNOWN
    }

    /// Calls `callee` once for each element of `over`: what `map`, a sort key or a serializer does.
    pub(crate) fn call_for_each(&mut self, _expr: ExprId, _callee: &Value, _over: &Value) -> Value {
        Value::UNKNOWN
    }

    /// Writes down that a call at `expr` blocks the thread.
    pub(crate) fn blocks(&mut self, _expr: ExprId, _what: &str) {}
}
