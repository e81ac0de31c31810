//! Names of the functions around a nested one that a framework calls: `def create_app(service): @app.get(...) def view()`.

use python::{Name, Scope};

use super::Walker;
use crate::types::annotation::{self, Parameter};
use crate::types::names::{Evaluator, Locals};
use crate::{FunctionRef, Value};

/// Functions are not nested deeper than this.
const MAX_OUTER: usize = 4;

/// The parameters of a function, as names of an expression in its body.
struct Parameters<'w> {
    walker: &'w Walker<'w>,
    function: FunctionRef,
}

impl Locals for Parameters<'_> {
    fn name(&self, name: &str) -> Option<Value> {
        self.walker.parameter_of(self.function, name)
    }

    fn attribute(&self, _: &str, _: &str) -> Option<Value> {
        None
    }
}

impl Walker<'_> {
    /// The value of a name that a function around this one binds; `None` if none does.
    pub(super) fn of_enclosing(&self, name: &Name) -> Option<Value> {
        let own = self.definitions.functions.get(self.function.function.0 as usize)?;
        let mut scope = own.scope;
        for _ in 0..MAX_OUTER {
            let Scope::Function(outer) = scope else { return None };
            let function = FunctionRef { module: self.function.module, function: outer };
            if let Some(value) = self.parameter_of(function, name).or_else(|| self.local_of(function, name)) {
                return Some(value);
            }
            scope = self.definitions[outer].scope;
        }
        None
    }

    /// What the annotation of a parameter says.
    fn parameter_of(&self, function: FunctionRef, name: &str) -> Option<Value> {
        let parameters = &self.definitions[function.function].parameters;
        let index = parameters.iter().position(|parameter| parameter.name == name)?;
        Some(match annotation::parameter(self.db, self.project, function, index) {
            Parameter::Known(value) => crate::bind::without_paths(&value),
            _ => Value::UNKNOWN,
        })
    }

    /// The value of a local: unknown if the function assigns it more than once.
    fn local_of(&self, function: FunctionRef, name: &Name) -> Option<Value> {
        let body = python::query::body(self.db, self.file, self.definitions[function.function].body)?;
        body.assigned(name).next()?;
        let Some(value) = body.assigned_once(name) else { return Some(Value::UNKNOWN) };
        let parameters = Parameters { walker: self, function };
        let evaluator = Evaluator::new(self.db, self.project, function.module, &body.exprs);
        Some(crate::bind::without_paths(&evaluator.with_locals(&parameters).value(value)))
    }
}
